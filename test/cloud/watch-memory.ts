/**
 * The most memory that the processes of each function of MiniStack have had, beside what the function is given: looks until it is told
 * to end, then prints a table. On Linux alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { deployedFunctions } from './service-calls.ts'

if (process.platform !== 'linux') {
  console.error('How much memory functions have is seen on Linux alone')
  process.exit(1)
}

const EVERY_MS = 250
const deployed = await deployedFunctions()
const peaks = new Map<string, number>()

function look(): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const one = deployed.find(({ FunctionName }) => command.includes(`/ministack-lambda-${FunctionName}-`))
      if (one === undefined || !isOfThisEmulator(pid)) continue
      const kb = Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
      peaks.set(one.Description, Math.max(kb, peaks.get(one.Description) ?? 0))
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Others of this machine may run the same functions. */
const isOfThisEmulator = (pid: string): boolean =>
  readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`AWS_ENDPOINT_URL=${process.env.AWS_ENDPOINT_URL}`)

const looking = setInterval(look, EVERY_MS)
process.once('SIGTERM', () => {
  clearInterval(looking)
  console.log('| function | MB at most | MB given |\n| --- | --- | --- |')
  const rows = deployed.map(({ Description, MemorySize }) => ({ Description, MemorySize, kb: peaks.get(Description) }))
  for (const { Description, MemorySize, kb } of rows.sort((a, b) => (b.kb ?? 0) - (a.kb ?? 0)))
    console.log(
      `| \`${Description.replace('functions/', '')}\` | ${kb === undefined ? 'not run' : Math.round(kb / 1024)} | ${MemorySize} |`,
    )
})
