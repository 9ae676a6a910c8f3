/** The command line: `counterflow`. */
import { Command, Option } from 'commander'
import { OWNER, serve } from './serve.ts'
import { StartError } from './start-error.ts'

/** Exit codes that scripts may rely on. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const

const program = new Command('counterflow').description('A real-time retail engine.').showHelpAfterError()

const dataOption = () =>
  new Option('--data <folder>', 'where everything is kept').default('.counterflow').env('COUNTERFLOW_DATA')

program
  .command('start')
  .description('start the engine and the dashboard')
  .addOption(new Option('--port <port>', '0 for any free one').default(4310).env('COUNTERFLOW_PORT').argParser(portOf))
  .addOption(new Option('--host <host>', 'address to listen on').default('127.0.0.1').env('COUNTERFLOW_HOST'))
  .addOption(dataOption())
  .addOption(new Option('--seed <seed>', 'seed of the simulator').env('COUNTERFLOW_SEED'))
  .addOption(new Option('--no-simulator', 'do not sell by itself').env('COUNTERFLOW_NO_SIMULATOR'))
  .option('--no-install', 'neither install packages nor build the dashboard')
  .action(async ({ port, host, data }: { port: number; host: string; data: string }) => {
    const { engine, address, stop } = await serve({ port, host, data }, logLine, (error) => {
      console.error(`counterflow: ${error instanceof Error ? error.message : String(error)}`)
      process.exit(EXIT.failed)
    })
    const code = await engine.ports.identity.issueSignInCode(OWNER)
    console.log(`Counterflow runs at ${address} and lets you in at ${address}/sign-in?code=${code}`)
    stopOnSignal(stop)
  })

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new StartError(`--port ${text} is no port: use a number from 0 to 65535`)
}

const logLine = (line: object): void => console.error(JSON.stringify({ at: new Date().toISOString(), ...line }))

/** Ctrl-C reaches us from the terminal and from the wrapper; npm's death only as a new parent. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const end = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(EXIT.failed), STOP_MS).unref()
    stop().then(
      () => process.exit(EXIT.ok),
      (error) => {
        console.error(error)
        process.exit(EXIT.failed)
      },
    )
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  const parent = process.env.COUNTERFLOW_PARENT_PID
  if (parent !== undefined) setInterval(() => process.ppid !== Number(parent) && end(), PARENT_CHECK_MS).unref()
}
const STOP_MS = 4_800
const PARENT_CHECK_MS = 500

program.parseAsync().catch((error) => {
  console.error(error instanceof StartError ? `counterflow: ${error.message}` : error)
  process.exit(EXIT.failed)
})
