import type { SmtpNotifierOptions } from '#adapters/embedded/smtp-notifier.ts'
import { StartError } from './start-error.ts'

export const SMTP_URL = 'COUNTERFLOW_SMTP_URL'
export const MAIL_FROM = 'COUNTERFLOW_MAIL_FROM'

/**
 * By which server e-mail goes out, and from whom; undefined: none does. @throws StartError where one of the two is missing
 * or makes no sense; it does not repeat the address, which may hold a password.
 */
export function mailSettings(url: string | undefined, from: string | undefined): SmtpNotifierOptions | undefined {
  if (!url && !from) return undefined
  if (!url) throw new StartError(`${MAIL_FROM} is given and ${SMTP_URL} is not: give both, or neither`)
  if (!from) throw new StartError(`${SMTP_URL} is given and ${MAIL_FROM} is not: give both, or neither`)
  const parsed = URL.parse(url)
  if (parsed === null || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw new StartError(`${SMTP_URL} is not an address like smtp://user:password@mail.example:587`)
  if (!/^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(from.trim()))
    throw new StartError(`${MAIL_FROM} is not a sender like shop@example.com`)
  return { url, from: from.trim() }
}

export const mailFromEnvironment = (): SmtpNotifierOptions | undefined =>
  mailSettings(process.env[SMTP_URL], process.env[MAIL_FROM])
