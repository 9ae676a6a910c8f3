import { isIP } from 'node:net'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { DEFAULT_DEMO, type DemoOptions } from '#core/simulator/live-demo.ts'
import { MAIL_FROM, mailSettings, SMTP_URL } from '../mail-settings.ts'
import { OWNER } from '../owner.ts'
import { serve } from '../serve.ts'
import { dataOption, EXIT, seedOption, wholeNumber } from './command-line.ts'

type StartOptions = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly smtpUrl?: string
  readonly mailFrom?: string
  readonly origin: readonly string[]
  readonly trustProxy: readonly string[]
  /** False where `--no-simulator` is given. */
  readonly simulator: boolean
} & DemoOptions

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start the engine and the dashboard')
    .addOption(
      new Option('--port <port>', '0 for any free one')
        .default(4310)
        .env('COUNTERFLOW_PORT')
        .argParser(wholeNumber(0, 65_535)),
    )
    .addOption(new Option('--host <host>', 'address to listen on').default('127.0.0.1').env('COUNTERFLOW_HOST'))
    .addOption(dataOption())
    .addOption(
      new Option('--origin <urls>', 'origins whose pages may ask with a token, comma-separated: https://shop.example')
        .default([], 'none')
        .env('COUNTERFLOW_ORIGINS')
        .argParser(originsOf),
    )
    .addOption(
      new Option(
        '--trust-proxy <addresses>',
        'proxies whose X-Forwarded-For says where a request is from, comma-separated: 127.0.0.1,10.0.0.0/8',
      )
        .default([], 'none')
        .env('COUNTERFLOW_TRUST_PROXY')
        .argParser(proxiesOf),
    )
    .addOption(
      new Option('--no-simulator', 'do not sell by itself while nothing is connected').env('COUNTERFLOW_NO_SIMULATOR'),
    )
    .addOption(
      new Option('--rate <n>', 'events a second that the simulator makes on the mean of a day')
        .default(DEFAULT_DEMO.rate)
        .env('COUNTERFLOW_RATE')
        .argParser(wholeNumber(1, 5_000)),
    )
    .addOption(seedOption())
    .addOption(
      new Option('--smtp-url <url>', 'mail server for notices, like smtp://user:password@mail.example:587').env(
        SMTP_URL,
      ),
    )
    .addOption(new Option('--mail-from <sender>', 'who e-mails of notices are from').env(MAIL_FROM))
    .option('--stores <n>', 'stores of the simulator', wholeNumber(1, 1_000), DEFAULT_DEMO.stores)
    .option('--products <n>', 'products of the simulator', wholeNumber(1, 50_000), DEFAULT_DEMO.products)
    .option('--no-install', 'neither install packages nor build the dashboard')
    .action(start)
}

function originsOf(text: string): readonly string[] {
  return text.split(',').map((origin) => {
    const url = URL.parse(origin)
    if (url !== null && url.origin === origin) return origin
    throw new InvalidArgumentError(`${origin} is no origin: write it like https://shop.example, without a path.`)
  })
}

const BITS = { 4: 32, 6: 128 }

function proxiesOf(text: string): readonly string[] {
  return text.split(',').map((proxy) => {
    const [address, bits, ...more] = proxy.split('/') as [string, string?, ...string[]]
    const most = BITS[isIP(address) as 4 | 6] ?? 0
    const isNetwork = bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most)
    if (most > 0 && isNetwork && more.length === 0) return proxy
    throw new InvalidArgumentError(`${proxy} is no address and no network: write 127.0.0.1 or 10.0.0.0/8.`)
  })
}

async function start({
  port,
  host,
  data,
  origin: origins,
  trustProxy: trustedProxies,
  smtpUrl,
  mailFrom,
  simulator: sells,
  ...options
}: StartOptions): Promise<void> {
  const { rate, seed, stores, products } = options
  const simulator = sells ? { rate, seed, stores, products } : undefined
  const mail = mailSettings(smtpUrl, mailFrom)
  const { engine, address, stop } = await serve(
    { port, host, data, origins, trustedProxies, mail, simulator },
    logLine,
    (error) => {
      console.error(`counterflow: ${error instanceof Error ? error.message : String(error)}`)
      process.exit(EXIT.failed)
    },
  )
  const code = await engine.ports.identity.issueCode('sign-in', OWNER)
  // Whoever reads the line may stop it at once.
  stopOnSignal(stop)
  console.log(`Counterflow runs at ${address} and lets you in at ${address}/sign-in?code=${code}`)
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
