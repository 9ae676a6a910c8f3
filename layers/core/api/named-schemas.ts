/** JSON Schemas of the API's documents, each under a name of its own and referred to by it. */

import { z } from 'zod'
import { TRADE_EVENTS } from '#core/events/catalogue.ts'
import { OWN_DOCUMENTS } from '#core/sources/own-events.ts'
import { posInventory, posRefund, posTransaction } from '#core/sources/point-of-sale.ts'
import { simpleForm } from '#core/sources/simple-form.ts'
import { acknowledgeAnswer, acknowledgedItem, acknowledgeRequest, alertItem, alertsAnswer } from './alerts.ts'
import {
  activityAnswer,
  connectionItem,
  connectionPatch,
  connectionRequest,
  connectionsAnswer,
  deliveriesAnswer,
  deliveryAnswer,
  deliveryItem,
  newConnectionAnswer,
  redeliveryAnswer,
  rotateAnswer,
  rotateRequest,
} from './connections.ts'
import { promoteRequest } from './demand-models.ts'
import { eventAnswer, eventWindow } from './events.ts'
import { forgetRequest } from './forget.ts'
import { listSpan, span } from './freshness.ts'
import {
  importAnswer,
  importItem,
  importPreviewAnswer,
  importPreviewRequest,
  importRequest,
  importsAnswer,
} from './imports.ts'
import { accepted, collectAnswer } from './intake.ts'
import { itemAnswer } from './item.ts'
import { productItem, productsAnswer, storeItem, storesAnswer } from './listings.ts'
import { liveFrame, liveMessage, liveProblem, liveTicket, subscribe, subscribed } from './live.ts'
import { type Meanings, withMeanings } from './meanings.ts'
import { merchantAnswer, merchantChange } from './merchant.ts'
import { measure, metricsAnswer, reportingMoney, seriesAnswer } from './metrics.ts'
import {
  choicesAnswer,
  choicesChange,
  newNoticeWebhookAnswer,
  noticeLogAnswer,
  noticeLogItem,
  noticeTestRequest,
  noticeWebhookItem,
  noticeWebhookRequest,
  noticeWebhooksAnswer,
} from './notices.ts'
import {
  accountAnswer,
  accountChange,
  auditAnswer,
  invitationAnswer,
  invitationRequest,
  joinAnswer,
  joinRequest,
  linkAnswer,
  newTokenAnswer,
  passwordChange,
  peopleAnswer,
  personChange,
  personItem,
  sessionsAnswer,
  signInRequest,
  tokenRequest,
  tokensAnswer,
  totpAnswer,
  totpRemoval,
  totpRequest,
} from './people.ts'
import { problemDocument } from './problem.ts'
import { productFiguresAnswer, productSums } from './product-figures.ts'
import { ledgerLine, qualityAnswer } from './quality.ts'
import { discardRequest, heldDocument, heldItem, quarantineAnswer, replayRequest } from './quarantine.ts'
import { originalSale, refundStatisticsAnswer, refundsAnswer } from './refunds.ts'
import {
  reorderAcceptance,
  reorderAnswer,
  reorderDismissal,
  reorderItem,
  reorderReasonsAnswer,
  reorderSnooze,
  reordersAnswer,
} from './reorders.ts'
import { runRequest } from './runs.ts'
import {
  previewAnswer,
  previewItem,
  previewRequest,
  productSettingsAnswer,
  productSettingsItem,
  settingChange,
  settingItem,
  settingsAnswer,
} from './settings.ts'
import { stockAnswer, stockItem } from './stock.ts'
import { stockChange, stockChangeAnswer } from './stock-changes.ts'
import { transactionItem, transactionsAnswer } from './transactions.ts'

/** `sale.recorded` is `SaleRecorded`. */
const nameOfEvent = (type: string): string =>
  type.replaceAll(/(?:^|[.-])(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Schemas that have names, each that of its constant but for the first letter; any other is named after its route. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  ProblemDocument: problemDocument,
  Accepted: accepted,
  CollectAnswer: collectAnswer,
  Span: span,
  ListSpan: listSpan,
  Measure: measure,
  MetricsAnswer: metricsAnswer,
  SeriesAnswer: seriesAnswer,
  StockItem: stockItem,
  StockAnswer: stockAnswer,
  StockChange: stockChange,
  StockChangeAnswer: stockChangeAnswer,
  AlertItem: alertItem,
  AlertsAnswer: alertsAnswer,
  AcknowledgeRequest: acknowledgeRequest,
  AcknowledgedItem: acknowledgedItem,
  AcknowledgeAnswer: acknowledgeAnswer,
  ReorderItem: reorderItem,
  ReordersAnswer: reordersAnswer,
  ReorderAnswer: reorderAnswer,
  ReorderReasonsAnswer: reorderReasonsAnswer,
  ItemAnswer: itemAnswer,
  EventWindow: eventWindow,
  EventAnswer: eventAnswer,
  TransactionItem: transactionItem,
  TransactionsAnswer: transactionsAnswer,
  ProductItem: productItem,
  ProductsAnswer: productsAnswer,
  StoreItem: storeItem,
  StoresAnswer: storesAnswer,
  LedgerLine: ledgerLine,
  QualityAnswer: qualityAnswer,
  HeldItem: heldItem,
  HeldDocument: heldDocument,
  QuarantineAnswer: quarantineAnswer,
  ReplayRequest: replayRequest,
  DiscardRequest: discardRequest,
  SettingItem: settingItem,
  SettingsAnswer: settingsAnswer,
  SettingChange: settingChange,
  ProductSettingsItem: productSettingsItem,
  ProductSettingsAnswer: productSettingsAnswer,
  PreviewRequest: previewRequest,
  PreviewItem: previewItem,
  PreviewAnswer: previewAnswer,
  ConnectionRequest: connectionRequest,
  ConnectionItem: connectionItem,
  ConnectionPatch: connectionPatch,
  ConnectionsAnswer: connectionsAnswer,
  NewConnectionAnswer: newConnectionAnswer,
  RotateRequest: rotateRequest,
  RotateAnswer: rotateAnswer,
  DeliveryItem: deliveryItem,
  DeliveriesAnswer: deliveriesAnswer,
  DeliveryAnswer: deliveryAnswer,
  RedeliveryAnswer: redeliveryAnswer,
  ActivityAnswer: activityAnswer,
  ImportPreviewRequest: importPreviewRequest,
  ImportPreviewAnswer: importPreviewAnswer,
  ImportRequest: importRequest,
  ImportAnswer: importAnswer,
  ImportItem: importItem,
  ImportsAnswer: importsAnswer,
  LiveFrame: liveFrame,
  LiveMessage: liveMessage,
  LiveProblem: liveProblem,
  LiveTicket: liveTicket,
  Subscribe: subscribe,
  Subscribed: subscribed,
  AccountAnswer: accountAnswer,
  AccountChange: accountChange,
  MerchantAnswer: merchantAnswer,
  MerchantChange: merchantChange,
  ForgetRequest: forgetRequest,
  PromoteRequest: promoteRequest,
  RunRequest: runRequest,
  ReorderAcceptance: reorderAcceptance,
  ReorderSnooze: reorderSnooze,
  ReorderDismissal: reorderDismissal,
  AuditAnswer: auditAnswer,
  InvitationAnswer: invitationAnswer,
  InvitationRequest: invitationRequest,
  JoinAnswer: joinAnswer,
  JoinRequest: joinRequest,
  LinkAnswer: linkAnswer,
  NewTokenAnswer: newTokenAnswer,
  PasswordChange: passwordChange,
  PeopleAnswer: peopleAnswer,
  PersonChange: personChange,
  PersonItem: personItem,
  ChoicesAnswer: choicesAnswer,
  ChoicesChange: choicesChange,
  NoticeWebhookRequest: noticeWebhookRequest,
  NoticeWebhookItem: noticeWebhookItem,
  NoticeWebhooksAnswer: noticeWebhooksAnswer,
  NewNoticeWebhookAnswer: newNoticeWebhookAnswer,
  NoticeLogItem: noticeLogItem,
  NoticeLogAnswer: noticeLogAnswer,
  NoticeTestRequest: noticeTestRequest,
  ReportingMoney: reportingMoney,
  RefundsAnswer: refundsAnswer,
  RefundStatisticsAnswer: refundStatisticsAnswer,
  OriginalSale: originalSale,
  ProductFiguresAnswer: productFiguresAnswer,
  ProductSums: productSums,
  SessionsAnswer: sessionsAnswer,
  SignInRequest: signInRequest,
  TokenRequest: tokenRequest,
  TokensAnswer: tokensAnswer,
  TotpAnswer: totpAnswer,
  TotpRemoval: totpRemoval,
  TotpRequest: totpRequest,
  SimpleForm: simpleForm,
  PosTransaction: posTransaction,
  PosRefund: posRefund,
  PosInventory: posInventory,
  ...Object.fromEntries(TRADE_EVENTS.map(({ type, data }) => [nameOfEvent(type), data])),
  ...Object.fromEntries([...OWN_DOCUMENTS].map(([type, document]) => [`${nameOfEvent(type)}Event`, document])),
}
const FIELDS_OF_EVENTS = {
  id: 'The sender’s own id of it; without one each document is new.',
  storeId: 'Where it happened; of the catalogue and of rates any text, `-`.',
  occurredAt: 'When it happened, RFC 3339 with a zone; when it is taken if absent.',
  data: 'What happened.',
}
/** What events are, which they say themselves. */
const OF_EVENTS: Meanings = Object.fromEntries(
  TRADE_EVENTS.map(({ type, about }) => [constantOf(`${nameOfEvent(type)}Event`), { about, fields: FIELDS_OF_EVENTS }]),
)

function constantOf(name: string): string {
  return name[0]!.toLowerCase() + name.slice(1)
}

/** The constants whose comments the documents show. */
export const DESCRIBED_CONSTANTS: ReadonlySet<string> = new Set(Object.keys(NAMED).map(constantOf))

export type JsonSchema = { readonly [key: string]: unknown }

/** Collects the schemas of one document, and says how each is referred to. */
export class NamedSchemas {
  private readonly names = new Map<z.ZodType, string>(Object.entries(NAMED).map(([name, schema]) => [schema, name]))
  private readonly used = new Set<string>()
  private readonly meanings: Meanings

  constructor(meanings: Meanings) {
    this.meanings = { ...OF_EVENTS, ...meanings }
  }

  /** A reference to the schema, which is kept under its own name, or under `otherwise` where it has none. */
  referTo(schema: z.ZodType, otherwise: string): JsonSchema {
    const name = this.names.get(schema) ?? otherwise
    this.names.set(schema, name)
    this.used.add(name)
    return { $ref: refOf(name) }
  }

  /** Every schema that was referred to, and those that these refer to. */
  all(target: 'draft-2020-12' | 'draft-7' = 'draft-2020-12'): Record<string, JsonSchema> {
    const registry = z.registry<{ id: string }>()
    for (const [schema, id] of this.names) registry.add(schema, { id })
    const options = { target, io: 'input', unrepresentable: 'any', uri: refOf } as const
    const { schemas } = z.toJSONSchema(registry, options) as unknown as { schemas: Record<string, JsonSchema> }
    const found = new Set<string>()
    const collect = (name: string): void => {
      if (found.has(name)) return
      found.add(name)
      for (const next of namesIn(schemas[name])) collect(next)
    }
    for (const name of this.used) collect(name)
    return Object.fromEntries(
      [...found].sort().map((name) => {
        const { $schema, $id, ...schema } = schemas[name]!
        return [name, withMeanings(schema, constantOf(name), this.meanings)]
      }),
    )
  }
}

const REF = '#/components/schemas/'
const refOf = (name: string): string => REF + name

function namesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value.slice(REF.length)] : namesIn(value),
  )
}
