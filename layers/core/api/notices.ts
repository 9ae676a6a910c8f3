import { z } from 'zod'
import { Id } from '#core/events/envelope.ts'
import { noticeChoices, PERSON_CHANNELS } from '#core/notices/choices.ts'
import { NOTICE_KINDS, type NoticeKind, SEVERITIES } from '#core/notices/notice-kinds.ts'
import { freshness, listSpan } from './freshness.ts'

const version = z.int().min(0)

/** `version`: of the choices that were seen, which `If-Match` may say in its place; the others stay as they are if absent. */
export const choicesChange = noticeChoices.partial().extend({ version: version.optional() }).strict()
export const choicesAnswer = z.object({
  ...freshness,
  choices: noticeChoices,
  version,
  /** Where e-mail goes to this person; null: nowhere. */
  emailAddress: z.string().nullable(),
  /** Why no e-mail can be sent as things are; null: it can be tried. */
  emailProblem: z.string().nullable(),
  /** Everything that can be chosen under `kinds`. */
  kinds: z.array(z.object({ kind: z.string(), about: z.string() })),
})
export type ChoicesAnswer = z.infer<typeof choicesAnswer>
export const KINDS_TOLD = Object.entries(NOTICE_KINDS).map(([kind, about]) => ({ kind, about }))

export const noticeWebhookRequest = z.strictObject({
  /** An address, or on AWS the ARN of a topic of SNS. */
  url: z.url({ protocol: /^(https?|arn)$/, error: 'must be an address like https://hooks.example/alerts' }).max(2_000),
  /** What people call it; its host if absent. */
  label: Id.optional(),
})
export const noticeWebhookItem = z.object({
  id: z.string(),
  url: z.string(),
  label: z.string(),
  /** disabled: its receiver answered 410. Remove it and add it again. */
  status: z.enum(['active', 'disabled']),
  /** Null: it is that of the setting `noticeWebhookUrl`. */
  createdAt: z.string().nullable(),
  disabledAt: z.string().nullable(),
  /** Whether what is sent to it is signed: all but that of the setting. */
  isSigned: z.boolean(),
})
export type NoticeWebhookItem = z.infer<typeof noticeWebhookItem>
export const noticeWebhooksAnswer = z.object({ ...freshness, items: z.array(noticeWebhookItem) })
/** `secret` is shown this once. */
export const newNoticeWebhookAnswer = noticeWebhookItem.extend({ secret: z.string() })
export type NewNoticeWebhookAnswer = z.infer<typeof newNoticeWebhookAnswer>

const kinds = Object.keys(NOTICE_KINDS) as [NoticeKind, ...NoticeKind[]]
export const noticeLogItem = z.object({
  /** Of its recipient, from 1. */
  number: z.int(),
  at: z.string(),
  noticeId: z.string(),
  kind: z.enum([...kinds, 'digest', 'test']),
  severity: z.enum(SEVERITIES),
  subject: z.string(),
  channel: z.enum([...PERSON_CHANNELS, 'webhook']),
  /** From 1, without redeliveries; 0: nothing was tried. */
  attempt: z.int(),
  /**
   * taken; failed: it is tried again at `nextAt`, if it says when; given-up: it was the last time; refused: it never will be; gone: the
   * receiver wants none any more; dropped: nobody is there who may have it.
   */
  status: z.enum(['taken', 'failed', 'given-up', 'refused', 'gone', 'dropped']),
  /** What the receiver answered, in its protocol's numbers; null: nothing. */
  receiverStatus: z.int().nullable(),
  durationMs: z.number(),
  error: z.string().nullable(),
  nextAt: z.string().nullable(),
  /** By itself, or by hand: once more, or as a test. */
  way: z.enum(['delivery', 'redelivery', 'test']),
})
export type NoticeLogItem = z.infer<typeof noticeLogItem>
export const noticeLogAnswer = z.object({
  ...freshness,
  /** What was sent in it. */
  window: listSpan,
  items: z.array(noticeLogItem),
  next: z.string().nullable(),
})
export type NoticeLogAnswer = z.infer<typeof noticeLogAnswer>

/** One of them: a way to oneself, or a webhook of the merchant. */
export const noticeTestRequest = z
  .strictObject({
    /** A way to oneself. */
    channel: z.enum(PERSON_CHANNELS).optional(),
    /** Id of a webhook. */
    webhook: Id.optional(),
  })
  .refine(({ channel, webhook }) => (channel === undefined) !== (webhook === undefined), {
    path: ['channel'],
    message: 'name a channel or a webhook, and one of them alone',
  })
