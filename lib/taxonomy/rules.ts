/**
 * Categories of the register: those of the UN Register of Conventional Arms (A/RES/46/36 L and the reviews since), the
 * emerging technologies that the thesis asks for, and supplementary ones. `none` holds what lies outside them all.
 */
export const CATEGORY_CODES = [
  'I', 'II', 'III', 'IVa', 'IVb', 'Va', 'Vb', 'VI', 'VIIa', 'VIIb', 'SALW',
  'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'S1', 'S2', 'S3', 'S4', 'none',
] as const
export type CategoryCode = (typeof CATEGORY_CODES)[number]
export type CategoryGroup = 'un' | 'emerging' | 'supplementary' | 'outside'

/** `name` in the plural, lower case, as it stands after a number: "12 manned combat aircraft". */
export type Category = { code: CategoryCode; name: string; title: string; definition: string; group: CategoryGroup }

const category = (code: CategoryCode, group: CategoryGroup, title: string, name: string, definition: string): Category =>
  ({ code, group, title, name, definition })

export const CATEGORIES: readonly Category[] = [
  category('I', 'un', 'Battle tanks', 'battle tanks', 'Tracked or wheeled armoured fighting vehicles of at least 16.5 t unladen with a direct-fire gun of 75 mm or more.'),
  category('II', 'un', 'Armoured combat vehicles', 'armoured combat vehicles', 'Armoured, cross-country; carry a squad of four or more, or mount a weapon of 12.5 mm or more or a missile launcher.'),
  category('III', 'un', 'Large-calibre artillery', 'large-calibre artillery systems', 'Guns, howitzers, mortars and multiple rocket launchers of 75 mm and above, mainly for indirect fire.'),
  category('IVa', 'un', 'Manned combat aircraft', 'manned combat aircraft', 'Crewed, fixed or variable wing, equipped to attack with missiles, bombs or guns. Trainers only if armed.'),
  category('IVb', 'un', 'Armed unmanned aerial vehicles', 'armed unmanned aerial vehicles', 'Fixed wing, without a crew on board, carry and launch a weapon or direct one, and are meant to return.'),
  category('Va', 'un', 'Manned attack helicopters', 'manned attack helicopters', 'Rotary wing with anti-armour, air-to-surface or air-to-air weapons and an integrated fire control.'),
  category('Vb', 'un', 'Armed unmanned rotary-wing aircraft', 'armed unmanned rotary-wing aircraft', 'Attack helicopters without a crew on board.'),
  category('VI', 'un', 'Warships', 'warships', 'Vessels and submarines of 500 t or more; smaller ones if they fire missiles or torpedoes of 25 km range or more.'),
  category('VIIa', 'un', 'Missiles and launchers', 'missiles and launchers', 'Rockets, ballistic and cruise missiles that reach 25 km or more, and their launchers; not surface-to-air.'),
  category('VIIb', 'un', 'Man-portable air defence', 'man-portable air-defence systems', 'Surface-to-air missile systems that one person or a small team carries (MANPADS).'),
  category('SALW', 'un', 'Small arms and light weapons', 'small arms and light weapons', 'Pistols, rifles, machine guns, grenade launchers, recoilless rifles, mortars below 75 mm and the like.'),
  category('E1', 'emerging', 'Loitering munitions', 'loitering munitions', 'Expendable unmanned aircraft with a built-in warhead that wait over an area and dive on a target found in flight.'),
  category('E2', 'emerging', 'Unarmed unmanned aerial vehicles', 'unarmed unmanned aerial vehicles', 'Sensors only. NATO class I below 150 kg, II from 150 to 600 kg, III above 600 kg take-off mass.'),
  category('E3', 'emerging', 'Unmanned ground, surface and underwater vehicles', 'unmanned ground, surface and underwater vehicles', 'Vehicles and craft without a crew, armed or not.'),
  category('E4', 'emerging', 'Ground-based air defence', 'ground-based air-defence systems', 'Batteries and launchers other than man-portable: short range below 25 km, medium to 100 km, long above.'),
  category('E5', 'emerging', 'Cyber capability', 'cyber capabilities', 'Stated, not counted.'),
  category('E6', 'emerging', 'Weapons with autonomous functions', 'weapons with autonomous functions', 'Systems that select targets; working definition, by the person’s place in, on or outside the loop.'),
  category('E7', 'emerging', 'Mass biometric surveillance', 'mass biometric surveillance systems', 'Remote biometric identification used by security forces.'),
  category('E8', 'emerging', 'Electronic warfare and counter-UAV', 'electronic-warfare and counter-UAV systems', 'Systems that detect, jam or stop emitters and unmanned aircraft.'),
  category('E9', 'emerging', 'Anti-tank guided weapons', 'anti-tank guided weapons', 'Guided anti-armour weapons; launchers and missiles are counted apart.'),
  category('S1', 'supplementary', 'Combat-support and transport helicopters', 'combat-support and transport helicopters', 'Military helicopters without the weapons of category Va.'),
  category('S2', 'supplementary', 'Transport and trainer aircraft', 'transport and trainer aircraft', 'Fixed-wing military aircraft that are not equipped to attack.'),
  category('S3', 'supplementary', 'Patrol vessels', 'patrol vessels', 'Military and coast-guard vessels below category VI.'),
  category('S4', 'supplementary', 'Protected and light armoured vehicles', 'protected and light armoured vehicles', 'Below category II: mine-resistant and light tactical vehicles such as MRAP and JLTV.'),
  category('none', 'outside', 'Outside the categories', 'items outside the categories', 'Equipment that no category covers, stated for completeness. No threshold tests it.'),
]

const BY_CODE = new Map(CATEGORIES.map((entry) => [entry.code, entry]))
export const isCategory = (code: unknown): code is CategoryCode => BY_CODE.has(code as CategoryCode)
export const categoryOf = (code: CategoryCode): Category => BY_CODE.get(code)!

/** Categories limited by Dayton Annex 1-B, Article IV (Florence, 14 June 1996). Armed UAVs are reported beside them, not counted. */
export const FLORENCE_CATEGORIES: readonly CategoryCode[] = ['I', 'II', 'III', 'IVa', 'Va']
export const isFlorenceCategory = (code: CategoryCode): boolean => FLORENCE_CATEGORIES.includes(code)

/** The same model under slightly different spellings: "Rafale F3-R", "rafale f3r". */
export const typeKey = (type: string): string => type.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Categories between which one type may rightly move, by armament or weight: an unarmed TB2 is E2, an armed one IVb. */
const NEAR: readonly (readonly CategoryCode[])[] = [
  ['IVb', 'E2', 'E1'], ['Vb', 'E2'], ['Va', 'S1'], ['II', 'S4'], ['IVa', 'S2'], ['VI', 'S3'], ['III', 'VIIa'], ['VIIb', 'E4'], ['SALW', 'E9'],
]

/** Whether a type known in `known` may be stated in `category`: there itself, near it, or where the register has no opinion. */
export const typeFitsCategory = (known: readonly CategoryCode[], stated: CategoryCode): boolean =>
  known.length === 0 || stated === 'none' || known.includes('none') ||
  known.some((code) => code === stated || NEAR.some((group) => group.includes(code) && group.includes(stated)))
