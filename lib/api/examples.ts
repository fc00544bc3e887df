import type { Json } from '../log/canonical.ts'

type Example = { [key: string]: Json }

/** Bodies that are filed as they stand, for the description of the API. */
export const FILING_EXAMPLES: Record<string, { summary: string; value: Example }> = {
  acquisition: {
    summary: 'A contract for twelve aircraft',
    value: {
      kind: 'notification.acquisition', participant: 'RS',
      payload: {
        stage: 'contracted', category: 'IVa', type: 'Rafale F3-R', quantity: 12, delivered: 0, supplier: 'FR', mode: 'purchase',
        decidedOn: '2024-04-09', signedOn: '2024-08-29', deliveries: { from: 2028, to: 2029 }, value: { amount: 2_700_000_000, currency: 'EUR' },
        effect: 'replaces', replaces: 'MiG-29', purpose: 'Air policing',
      },
    },
  },
  disposal: {
    summary: 'Tanks given away',
    value: {
      kind: 'notification.disposal', participant: 'MK',
      payload: { category: 'I', type: 'T-72', quantity: 31, mode: 'donation', recipient: 'UA', decidedOn: '2022-07-29', completedOn: '2022-08-15' },
    },
  },
  holdings: {
    summary: 'An annual declaration, with a nil and a quantity withheld',
    value: {
      kind: 'declaration.holdings', participant: 'RS',
      payload: {
        asOf: '2026-01-01',
        lines: [
          { category: 'I', type: 'M-84', inService: 195, inStorage: 16, unit: '1st Army Brigade', site: 'Novi Sad' },
          { category: 'VIIb', type: 'Igla', inService: { withheld: 'protection of readiness' }, inStorage: 0 },
        ],
        nil: ['VI'],
      },
    },
  },
  activity: {
    summary: 'An exercise near the Drina, with live fire of armed UAVs',
    value: {
      kind: 'notification.activity', participant: 'RS',
      payload: {
        name: 'Vihor 2027', activity: 'exercise', startsOn: '2027-06-01', endsOn: '2027-06-09', area: { centre: [19.25, 44.2], radiusKm: 8 }, forces: ['RS'], personnel: 1800,
        equipment: { I: 20, II: 60 }, airborne: 0, liveFire: ['armed_uav'], readiness: false, purpose: 'Defence of a river line by combined arms.',
        observers: { invited: ['AL', 'BA', 'HR', 'XK', 'ME', 'MK'], replyBy: '2027-05-11', programme: 'Arrival on 31 May in Loznica; briefing, two days on the range, transport by the host.' },
      },
    },
  },
  deployment: {
    summary: 'Air defence deployed for the first time',
    value: {
      kind: 'notification.deployment', participant: 'RS',
      payload: {
        sort: 'new_system', name: '250th Air Defence Missile Brigade', startsOn: '2027-03-01', area: { centre: [20.3, 44.75], radiusKm: 5 }, place: 'Jakovo', forces: ['RS'], personnel: 180,
        systems: [{ category: 'E4', type: 'FK-3', quantity: 4 }], crosses: [], purpose: 'Protection of the capital.',
      },
    },
  },
  uavFlight: {
    summary: 'Flights along a border',
    value: {
      kind: 'notification.uav_flight', participant: 'HR',
      payload: {
        name: 'Watch over the Una', startsOn: '2027-04-05', endsOn: '2027-04-16', area: { centre: [16.3, 45.15], radiusKm: 6 }, type: 'Orbiter 3', uavClass: 'I', aircraft: 2, armed: false,
        ceilingM: 1200, purpose: 'Watching for forest fires and crossings.',
      },
    },
  },
  calendar: {
    summary: 'A calendar of activities',
    value: {
      kind: 'calendar.activities', participant: 'MK',
      payload: {
        year: 2028, nil: false,
        activities: [{ name: 'Decisive Strike 28', activity: 'exercise', startsOn: '2028-05-15', endsOn: '2028-06-02', place: 'Krivolak', forces: ['MK', 'US'], personnel: 1300 }],
      },
    },
  },
  agreement: {
    summary: 'A defence cooperation agreement',
    value: {
      kind: 'agreement.defence', participant: 'AL',
      payload: {
        title: 'Agreement on cooperation in defence', agreement: 'bilateral', partners: ['MK'], status: 'signed', signedOn: '2026-05-12', subjects: ['exercises', 'training', 'cyber'],
        mutualDefence: false, foreignForces: false, text: 'public', summary: 'Two joint exercises a year and places at each other’s schools.', purpose: 'Working together within NATO.',
      },
    },
  },
  personnel: {
    summary: 'An annual declaration of personnel',
    value: {
      kind: 'declaration.personnel', participant: 'ME',
      payload: { asOf: '2027-01-01', active: { land: 1200, air: 250, naval: 350, joint: 220 }, reserve: 0, specialForces: 120, paramilitary: { withheld: 'counted by the interior ministry' }, authorised: 2400 },
    },
  },
  budget: {
    summary: 'An adopted budget',
    value: {
      kind: 'declaration.budget', participant: 'MK',
      payload: {
        year: 2026, basis: 'adopted', currency: 'EUR', total: 331_000_000, personnel: 170_000_000, operations: 70_000_000, procurement: 88_000_000, research: 3_000_000,
        gdp: 16_200_000_000, adoptedOn: '2025-12-18',
      },
    },
  },
  structure: {
    summary: 'The structure of forces',
    value: {
      kind: 'declaration.structure', participant: 'AL',
      payload: {
        asOf: '2027-01-01',
        units: [
          { name: 'Land Force', level: 'command', location: 'Zall-Herr' },
          { name: '2nd Light Infantry Battalion', level: 'battalion', superior: 'Land Force', location: 'Vau i Dejës' },
        ],
      },
    },
  },
  cyber: {
    summary: 'The yearly statement on cyber capability',
    value: {
      kind: 'statement.cyber', participant: 'HR',
      payload: {
        asOf: '2026-10-31', capability: 'yes', command: 'Cyber Space Command', doctrinePublic: false, legalBasis: 'Defence Act', parliamentaryOversight: true,
        contact: 'Duty officer, by the OSCE network', pledge: true, norms: 'No act against the infrastructure of a participant.',
      },
    },
  },
  autonomy: {
    summary: 'A statement of nil',
    value: { kind: 'statement.autonomy', participant: 'BA', payload: { asOf: '2026-10-31', systems: [], nil: true, pledge: true } },
  },
  surveillance: {
    summary: 'A statement on biometric surveillance',
    value: {
      kind: 'statement.surveillance', participant: 'RS',
      payload: { asOf: '2026-10-31', uses: [{ system: 'City cameras', mode: 'after_the_fact', faceRecognition: true, site: 'Belgrade' }], parliamentToldOn: '2026-10-01' },
    },
  },
}

export const ACTION_EXAMPLES: Record<string, Example> = {
  return: { remark: 'The value is that of the earlier offer.', remarks: [{ at: '/value', remark: 'The contract of 29 August states 2.7 bn.' }] },
  amend: {
    reason: 'The value was that of an earlier offer.',
    payload: { ...(FILING_EXAMPLES.acquisition!.value.payload as Example), value: { withheld: 'commercial confidentiality' } },
  },
  withdraw: { reason: 'The contract was cancelled.' },
  nameWitness: {
    name: 'RS', vkey: 'witness.example/rs+d8ecd80a+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM', url: 'https://witness.mod.example',
  },
  ask: {
    asked: 'HR', title: 'Troops near the Una', observed: 'About 900 troops and 12 guns, 15 km from the border, outside their peacetime locations; no notice is on the register.',
    observedOn: '2027-03-05', place: 'Dvor', questions: ['aim', 'place', 'end', 'units', 'number', 'equipment'], shownToAll: false,
  },
  reply: {
    answers: {
      aim: 'A readiness check of one brigade.', place: 'The training ground near Dvor.', end: '2027-03-09', units: { withheld: 'force protection' }, number: '870',
      equipment: '12 howitzers of 122 mm, no live fire.',
    },
  },
  insufficient: { words: 'The units are not named, and the guns point across the border.' },
  held: { words: 'By video on 8 March at 15:00 UTC; the deputy ministers took part. The guns are withdrawn by 10 March.' },
  close: { outcome: 'explained_at_meeting', words: 'The withdrawal was seen on 10 March.' },
  answer: { answer: 'accepted', observers: [{ name: 'Ana Kola', function: 'Lieutenant Colonel' }, { name: 'Ilir Dema', function: 'Major' }] },
  note: { words: 'Briefing, map and transport were given as announced. About 1,800 troops were seen over two days.' },
  comment: { words: 'We thank the observers.' },
  verify: { decision: 'discrepant', remark: 'Fourteen were counted at the air base; sixteen are declared.' },
}

export const PROBLEM_EXAMPLE: Example = {
  type: '/problems/invalid', title: 'The request is not valid', status: 422, detail: 'The quantity cannot be negative.', code: 'invalid',
  instance: '/api/v1/filings', requestId: '5f0c6a3e-6a1f-4c65-9b0b-5d8c7f3f2a10',
  errors: [{ pointer: '/payload/quantity', detail: 'The quantity cannot be negative.' }],
}
