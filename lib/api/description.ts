import { z } from 'zod'
import type { Operation } from '../auth/guard.ts'
import { acknowledgeAlert } from '../alerts/commands.ts'
import { listAlerts } from '../alerts/queries.ts'
import { holdingsPerYear, listHoldings } from '../analysis/queries.ts'
import { askClarification, callMeeting, closeClarification, findInsufficient, recordMeeting, replyClarification, showClarification } from '../clarification/commands.ts'
import { getClarification, listClarifications } from '../clarification/queries.ts'
import { getDeclaredTemplate, getSheet, getTemplate, readDeclaredSheet, readSheet } from '../exchange/queries.ts'
import { amendFiling, approveFiling, returnFiling, submitFiling, withdrawFiling } from '../filings/commands.ts'
import { SubmitFiling } from '../filings/input.ts'
import { KINDS } from '../filings/kinds/registry.ts'
import { getFiling, getFilingText, getReceipt, listFilings } from '../filings/queries.ts'
import { nameWitness, retireWitness } from '../log/commands.ts'
import { listWitnesses } from '../log/queries.ts'
import { answerInvitation, commentNote, joinNote, writeNote } from '../observation/commands.ts'
import { listInvitations, observationOf } from '../observation/queries.ts'
import { listParticipants } from '../participants/queries.ts'
import { listObligations } from '../schedule/queries.ts'
import { listCategories } from '../taxonomy/queries.ts'
import { listCeilings, listRules } from '../thresholds/queries.ts'
import { listTimeline } from '../timeline/queries.ts'
import { signVerification } from '../verification/commands.ts'
import * as answers from './answers.ts'
import { Clarification, ClarificationActed, ClarificationAsked, ClarificationItem } from './answers-clarification.ts'
import { ACTION_EXAMPLES, FILING_EXAMPLES } from './examples.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- operations of any input and answer meet here
type AnyOperation = Operation<any, any>
type Examples = Record<string, { summary?: string; value: unknown }>

export type Described = {
  operation: AnyOperation
  summary: string
  answer: z.ZodType
  /** 200 unless something was made. */
  status?: 201
  /** What the body is, where the operation's own input says less: a payload by its kind. */
  body?: z.ZodType
  examples?: Examples
  hasPreview?: true
  /** What `?format=` gives beside JSON: the media type of each. */
  formats?: Record<string, string>
  /** The answer is a file of one of these media types, and no JSON. */
  files?: readonly string[]
  /** The body is a file of one of these media types; its other input comes as query parameters. */
  takes?: readonly string[]
}

const like = (value: unknown): Pick<Described, 'examples'> => ({ examples: { example: { value } } })
const { participant } = SubmitFiling.shape
const { reason } = amendFiling.input.shape
const kindOfBody = (kind: string, payload: z.ZodType) => z.strictObject({ kind: z.literal(kind), participant, payload })

/** 'declaration.holdings' is described as HoldingsPayload. */
const payloadName = (kind: string): string => kind.replace(/^.*\.(.)/, (_, first: string) => first.toUpperCase()) + 'Payload'
export const PAYLOADS: Record<string, z.ZodType> = Object.fromEntries(KINDS.map(({ kind, schema }) => [payloadName(kind), schema]))
const FilingBody = z.union(KINDS.map(({ kind, schema }) => kindOfBody(kind, schema)))
const AmendBody = z.strictObject({ payload: z.union(KINDS.map(({ schema }) => schema as z.ZodType)), reason })

type Methods = { GET?: Described; POST?: Described }
const gives = (operation: AnyOperation, summary: string, answer: z.ZodType): Methods => ({ GET: { operation, summary, answer } })
const lists = (operation: AnyOperation, summary: string, item: z.ZodType): Methods => gives(operation, summary, answers.listOf(item))
const does = (operation: AnyOperation, summary: string, answer: z.ZodType, more: Partial<Described> = {}): Methods =>
  ({ POST: { operation, summary, answer, ...more } })

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const SHEETS = [XLSX, 'text/csv'] as const
const givesFile = (operation: AnyOperation, summary: string, files: readonly string[]): Methods => ({ GET: { operation, summary, answer: z.null(), files } })

/** Every method of the API by its path. A test walks the routes and finds each here, with the same operation. */
export const DESCRIBED: Record<string, Methods> = {
  '/filings': {
    ...gives(listFilings, 'The register, filtered and sorted: newest versions', answers.countedListOf(answers.FilingItem)),
    ...does(submitFiling, 'File an acquisition, its next stage, a disposal, a declaration or a statement; dryRun=true previews it', answers.Filed, {
      status: 201, body: FilingBody, examples: FILING_EXAMPLES, hasPreview: true,
    }),
  },
  '/filings/{id}': {
    GET: {
      operation: getFilingText, answer: z.union([answers.Filing, answers.Draft]),
      summary: 'One version of a filing, as JSON or for paper, or your participant’s draft',
      formats: { pdf: 'application/pdf' },
    },
  },
  '/filings/{id}/history': lists(getFiling, 'All versions of its entry, oldest first, with what each changed', answers.Version),
  '/filings/{id}/receipt': {
    GET: {
      operation: getReceipt, answer: z.union([answers.Receipt, answers.ReceiptPackage]),
      summary: 'What proves the filing: as JSON, as a C2SP tlog-proof, with all that it takes to check it, or as a page for paper',
      formats: { 'tlog-proof': 'text/plain', 'package': 'application/json', 'pdf': 'application/pdf' },
    },
  },
  '/filings/{id}/sheet': givesFile(getSheet, 'A declaration or statement as a spreadsheet that imports to the same payload; of holdings totals for who may not read the lines', SHEETS),
  '/filings/{id}/approve': does(approveFiling, 'Release what awaits approval (four eyes)', answers.Filed),
  '/filings/{id}/return': does(returnFiling, 'Return what awaits approval, with a remark and remarks on single places', answers.Returned, like(ACTION_EXAMPLES.return)),
  '/filings/{id}/amend': does(amendFiling, 'Supersede the newest version, with a reason', answers.Filed, {
    status: 201, body: AmendBody, ...like(ACTION_EXAMPLES.amend),
  }),
  '/filings/{id}/withdraw': does(withdrawFiling, 'Close an entry, with a reason', answers.Filed, like(ACTION_EXAMPLES.withdraw)),
  '/filings/{id}/verify': does(signVerification, 'Sign a decision on the newest version', answers.Signed, like(ACTION_EXAMPLES.verify)),
  '/filings/{id}/observation': gives(observationOf, 'Who is invited to observe an activity, what each answered, and what was observed', answers.Observation),
  '/filings/{id}/invitation': does(answerInvitation, 'Answer an invitation to observe: accept and name up to two observers, or decline; again, to change it', answers.Answered, like(ACTION_EXAMPLES.answer)),
  '/filings/{id}/notes': does(writeNote, 'Write what your observers saw, from the first day on', answers.Noted, like(ACTION_EXAMPLES.note)),
  '/notes/{id}/join': does(joinNote, 'Join in a note of other observers', answers.Noted),
  '/notes/{id}/comment': does(commentNote, 'Comment on a note of observers, as the host', answers.Noted, like(ACTION_EXAMPLES.comment)),
  '/invitations': lists(listInvitations, 'Invitations to observe, by the day on which answers are due', answers.InvitationItem),
  '/sheets/holdings': does(readSheet, 'A declaration of holdings out of a spreadsheet: its payload, or every cell that is wrong; nothing is stored', answers.SheetPayload, { takes: SHEETS }),
  '/sheets/holdings/template': givesFile(getTemplate, 'A workbook to fill in, with the lines of your last declaration', [XLSX]),
  '/sheets/{kind}': does(readDeclaredSheet, 'Another declaration or a statement out of a spreadsheet: its payload, or every cell that is wrong; nothing is stored', answers.SheetPayload, { takes: SHEETS }),
  '/sheets/{kind}/template': givesFile(getDeclaredTemplate, 'A workbook to fill in, with what your last one of the kind states', [XLSX]),
  '/alerts': lists(listAlerts, 'Alerts addressed to you or caused by you, newest first', answers.AlertItem),
  '/alerts/{id}/acknowledge': does(acknowledgeAlert, 'Acknowledge, with your name and the time', answers.Acknowledged),
  '/clarifications': {
    ...lists(listClarifications, 'Requests for clarification: yours, those to you, and those shown to all, newest first', ClarificationItem),
    ...does(askClarification, 'Ask another participant about a filing, or about what was seen; the reply is due in 48 hours', ClarificationAsked, { status: 201, ...like(ACTION_EXAMPLES.ask) }),
  },
  '/clarifications/{id}': gives(getClarification, 'One request with all that was done', Clarification),
  '/clarifications/{id}/reply': does(replyClarification, 'Reply: each question answered, or withheld with a reason', ClarificationActed, like(ACTION_EXAMPLES.reply)),
  '/clarifications/{id}/insufficient': does(findInsufficient, 'Find the reply insufficient, and say what is missing', ClarificationActed, like(ACTION_EXAMPLES.insufficient)),
  '/clarifications/{id}/meeting': does(callMeeting, 'Call a meeting, to be held in 48 hours, once the reply is overdue or insufficient; every participant may read it from then on', ClarificationActed),
  '/clarifications/{id}/held': does(recordMeeting, 'Record the meeting: when and where, and what came of it', ClarificationActed, like(ACTION_EXAMPLES.held)),
  '/clarifications/{id}/show': does(showClarification, 'Show the request and its replies to every participant', ClarificationActed),
  '/clarifications/{id}/close': does(closeClarification, 'Close it, with a reason', ClarificationActed, like(ACTION_EXAMPLES.close)),
  '/obligations': lists(listObligations, 'What is owed, when, and how it stands', answers.ObligationItem),
  '/holdings': lists(listHoldings, 'Declared totals per participant, category and year', answers.HoldingItem),
  '/holdings/totals': lists(holdingsPerYear, 'Declared totals of all participants per category and year', answers.TotalItem),
  '/timeline': lists(listTimeline, 'Agreements, incidents that open sources report, activities held and acquisitions contracted, newest first', answers.TimelineItem),
  '/participants': lists(listParticipants, 'The seven, and who is next to whom', answers.ParticipantItem),
  '/categories': lists(listCategories, 'What everything is stated in', answers.CategoryItem),
  '/rules': lists(listRules, 'The thresholds, all versions', answers.RuleItem),
  '/ceilings': lists(listCeilings, 'Florence ceilings; those not confirmed say so', answers.CeilingItem),
  '/witnesses': {
    ...lists(listWitnesses, 'Who watches the log, and the newest checkpoint that each has cosigned', answers.WitnessItem),
    ...does(nameWitness, 'Name a witness: an approver its participant’s, the secretariat an outside body’s', answers.WitnessItem, like(ACTION_EXAMPLES.nameWitness)),
  },
  '/witnesses/{id}/retire': does(retireWitness, 'Stop asking a witness; what it cosigned stays', answers.RetiredWitness),
}
