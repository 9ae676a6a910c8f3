import { type Command, InvalidArgumentError, Option } from 'commander'
import { OWNER } from '../owner.ts'
import { serve } from '../serve.ts'
import { dataOption, EXIT } from './command-line.ts'

type StartOptions = { readonly port: number; readonly host: string; readonly data: string }

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start the engine and the dashboard')
    .addOption(
      new Option('--port <port>', '0 for any free one').default(4310).env('COUNTERFLOW_PORT').argParser(portOf),
    )
    .addOption(new Option('--host <host>', 'address to listen on').default('127.0.0.1').env('COUNTERFLOW_HOST'))
    .addOption(dataOption())
    .addOption(new Option('--seed <seed>', 'seed of the simulator, which is yet to come').env('COUNTERFLOW_SEED'))
    .addOption(new Option('--no-simulator', 'do not sell by itself: nothing does yet').env('COUNTERFLOW_NO_SIMULATOR'))
    .option('--no-install', 'neither install packages nor build the dashboard')
    .action(start)
}

async function start({ port, host, data }: StartOptions): Promise<void> {
  const { engine, address, stop } = await serve({ port, host, data }, logLine, (error) => {
    console.error(`counterflow: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(EXIT.failed)
  })
  const code = await engine.ports.identity.issueSignInCode(OWNER)
  // Whoever reads the line may stop it at once.
  stopOnSignal(stop)
  console.log(`Counterflow runs at ${address} and lets you in at ${address}/sign-in?code=${code}`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError('It must be a number from 0 to 65535.')
}

const logLine = (line: object): void => console.error(JSON.stringify({ at: new Date().toISOString(), ...line }))

const STOP_MS = 4_800
const PARENT_CHECK_MS = 500

/** Ctrl-C comes from the terminal and from the wrapper as well; npm's death only as a new parent. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const end = () => {
    if (stopping) return
    stopping = true
    // `exit` would wait for threads; whatever was answered for is on the disk.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS).unref()
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
