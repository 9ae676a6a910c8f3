/** `counterflow start`: the engine with its doors open, until somebody stops it. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DAY_MS, isTimeZone, MINUTE_MS } from '#core/metrics/business-time.ts'
import type { DemoOptions } from '#core/simulator/live-demo.ts'
import { manifest } from '#functions/manifest.ts'
import { changeSetting } from '#runtime/change-setting.ts'
import { proofsOf } from '#runtime/credentials.ts'
import { askForDueRuns } from '#runtime/due-runs.ts'
import { readSettings } from '#runtime/read-catalogue.ts'
import { latestSeal } from '#runtime/seal-names.ts'
import { stopSending } from '#runtime/send-notices.ts'
import { usersOf } from '#runtime/users.ts'
import { announce, withdraw } from './data-folder.ts'
import { Engine, type EngineOptions } from './engine.ts'
import { addEngineRoutes } from './engine-routes.ts'
import { createGateway } from './gateway.ts'
import { OWNER } from './owner.ts'
import { sellByItself } from './sell-by-itself.ts'
import { Sockets } from './sockets.ts'
import { StartError } from './start-error.ts'

export type ServeOptions = {
  readonly data: string
  readonly host: string
  readonly port: number
  /** By which e-mail goes out; absent: none does. */
  readonly mail?: EngineOptions['mail']
  /** Origins whose pages may ask, with tokens of their own. */
  readonly origins?: readonly string[]
  /** Proxies that people come by, as addresses and networks: then others than programs of this machine ask. */
  readonly trustedProxies?: readonly string[]
  /** How the simulator sells for the demo merchant; absent: it does not. */
  readonly simulator?: DemoOptions | undefined
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
/** The option by which others than programs of this machine reach the engine. */
const openedBy = ({ host, trustedProxies = [] }: ServeOptions): string | undefined => {
  if (!LOOPBACK.includes(host)) return `--host ${host}`
  return trustedProxies.length > 0 ? '--trust-proxy' : undefined
}
const DASHBOARD = fileURLToPath(new URL('../web/dist', import.meta.url))

export type Serving = {
  readonly engine: Engine
  readonly address: string
  /** Requests in flight are answered, everything is written down. */
  readonly stop: () => Promise<void>
}

/** @throws StartError when it cannot start: one line that says what to do. */
export async function serve(
  options: ServeOptions,
  log: (line: object) => void,
  onFatal: (error: unknown) => void,
): Promise<Serving> {
  const opened = openedBy(options)
  if (opened !== undefined && !existsSync(join(options.data, 'format.json'))) throw noPassword(opened)
  const engine = await Engine.open({
    data: options.data,
    mail: options.mail,
    isReachedFromElsewhere: opened !== undefined,
    log,
    onFatal,
  })
  try {
    if (opened !== undefined) await refuseWithoutPassword(engine, opened)
    return await open(engine, options, log)
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** Whoever reaches the engine from elsewhere must be somebody who signs in. */
async function refuseWithoutPassword({ ports: { state } }: Engine, opened: string): Promise<void> {
  for (const { merchantId, id, role, status } of await usersOf(state, OWNER.merchantId)) {
    if (role !== 'owner' || status !== 'active') continue
    if ((await proofsOf(state, { merchantId, subject: id })).hasPassword) return
  }
  throw noPassword(opened)
}

const noPassword = (opened: string): StartError =>
  new StartError(
    `${opened} would open the engine to other machines, and it has no owner with a password yet: start it without that, set one (\`counterflow user password\`), and start it again`,
  )

async function open(engine: Engine, options: ServeOptions, log: (line: object) => void): Promise<Serving> {
  const { host, port, data, origins = [], trustedProxies = [], simulator } = options
  const loopbackOnly = openedBy(options) === undefined
  const gateway = await createGateway({
    functions: engine.functions,
    dashboard: DASHBOARD,
    objects: engine.folder.objects,
    loopbackOnly,
    origins,
    trustedProxies,
  })
  addEngineRoutes(gateway, engine)
  const { functions, channel } = engine
  const onTold = (merchantId: string) => engine.turnTo(merchantId)
  const sockets = new Sockets({ functions, channel, loopbackOnly, onTold })
  sockets.listen(gateway.server)
  try {
    await gateway.listen({ host, port })
  } catch (error) {
    sockets.close()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new StartError(`port ${port} is in use: choose another with --port, or 0 for any free one`)
    if (code === 'EACCES')
      throw new StartError(`port ${port} may not be opened by this user: choose one above 1023 with --port`)
    throw error
  }
  const bound = gateway.server.address() as { port: number }
  const address = `http://${host === '::1' ? '[::1]' : host}:${bound.port}`
  announce(data, address)
  const working = new Set<Promise<unknown>>()
  const schedules = manifest.schedules.filter(({ only }) => only === undefined)
  const timers = schedules.map(({ name, everyMs, runs, overlaps = false }) => {
    let busy = false
    return setInterval(() => {
      if (busy && !overlaps) return
      busy = true
      const run = engine.state
        .flush() // what is told to people outside is on the disk before
        .then(() => engine.functions.scheduled(runs))
        .catch((error) =>
          log({ level: 'error', message: `${name} failed, and will be tried again`, error: String(error) }),
        )
        .finally(() => {
          busy = false
          working.delete(run)
        })
      working.add(run)
    }, everyMs)
  })
  timers.push(setInterval(() => void sealIfDue(engine, log), SEAL_CHECK_MS))
  timers.push(setInterval(() => void askForDue(engine, log), DUE_CHECK_MS))
  timers.push(setInterval(runOpen(engine, log), OPEN_RUNS_CHECK_MS))
  await settleIn(engine)
  const selling = simulator && sellByItself(engine, gateway, simulator, log)
  const stop = async () => {
    for (const timer of timers) clearInterval(timer)
    withdraw(data)
    await selling?.stop()
    sockets.close()
    await engine.stopJobs()
    stopSending(engine.ports.state)
    await Promise.race([Promise.all(working), sleep(SCHEDULES_END_MS)])
    await gateway.close()
    await engine.close()
  }
  return { engine, address, stop }
}

/** How long the end waits for schedules that work; notices that are under way then go again at the next start. */
const SCHEDULES_END_MS = 1_000

/** A seal a day. */
const SEAL_EVERY_MS = DAY_MS
const SEAL_CHECK_MS = 10 * MINUTE_MS

async function sealIfDue(engine: Engine, log: (line: object) => void): Promise<void> {
  try {
    const last = await latestSeal(engine.ports.objects)
    const since = last === null ? Number.POSITIVE_INFINITY : engine.ports.clock.now() - Date.parse(last.sealedAt)
    if (since < SEAL_EVERY_MS) return
    const { name, rows } = await engine.seal()
    log({ message: 'sealed', name, rows })
  } catch (error) {
    log({ level: 'error', message: 'sealing failed, and will be tried again', error: String(error) })
  }
}

/** A time that has come is seen this much later at the most; what people ask for, at once. */
const DUE_CHECK_MS = 15 * MINUTE_MS
const OPEN_RUNS_CHECK_MS = 1_000
const AFTER_DEFECT_MS = MINUTE_MS

async function askForDue(engine: Engine, log: (line: object) => void): Promise<void> {
  try {
    await askForDueRuns(engine.ports, manifest.workflows)
  } catch (error) {
    log({ level: 'error', message: 'runs that are due could not be asked for', error: String(error) })
  }
}

/** Also what was cut off when the engine was last stopped. */
function runOpen(engine: Engine, log: (line: object) => void): () => void {
  let busy = false
  return () => {
    if (busy) return
    busy = true
    engine.chains
      .runOpen()
      .catch(async (error) => {
        log({ level: 'error', message: 'a run was cut off, and will go on', error: String(error) })
        await sleep(AFTER_DEFECT_MS, undefined, { ref: false })
      })
      .finally(() => {
        busy = false
      })
  }
}

/** The demo's days are those of the machine's clock, until its owner says otherwise. */
async function settleIn(engine: Engine): Promise<void> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (timeZone === undefined || !isTimeZone(timeZone)) return
  const { values } = await readSettings(engine.ports.state, OWNER.merchantId)
  if (values.timeZone === undefined) await changeSetting(engine.ports, OWNER, { name: 'timeZone', value: timeZone })
}
