import type { Notice, NoticeAnswer, Receiver } from '#core/ports.ts'

type Log = Extract<Receiver, { channel: 'log' }>

/** Writes one structured line for each notice: what, where and how bad, and nothing of a person. */
export class LogNotifier {
  private readonly log: (line: object) => void

  constructor(log: (line: object) => void) {
    this.log = log
  }

  refusal(_to: Log): undefined {
    return undefined
  }

  async notify({ id, merchantId, storeId, kind, severity, at, subject }: Notice, { name }: Log): Promise<NoticeAnswer> {
    this.log({ message: 'notice', id, merchantId, storeId, kind, severity, happenedAt: at, subject, to: name })
    return { fate: 'taken', status: null }
  }
}
