export const SESSION_COOKIE = 'counterflow-session'
export const SESSION_SECONDS = 30 * 24 * 60 * 60

/** The token that a request brings: a script's bearer, or a browser's session cookie. */
export function tokenIn(
  headers: Readonly<Record<string, string | undefined>>,
  cookies: readonly string[],
): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const prefix = `${SESSION_COOKIE}=`
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length)
}

/** API Gateway takes cookies out of the headers; emulators leave them there. */
export const cookiesOf = (event: {
  readonly cookies?: string[] | undefined
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
}): string[] => event.cookies ?? event.headers?.cookie?.split(/; */) ?? []
