import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const program = `
import { appendFileSync } from 'node:fs'
const args: string[] = process.argv.slice(2)
const say = (line: string) => appendFileSync('said.txt', line + '\\n')
say(['ran', ...args].join(' '))
if (process.ppid !== Number(process.env.COUNTERFLOW_PARENT_PID)) say('not my parent')
if (args[0] === 'die') process.kill(process.pid, 'SIGKILL')
if (args[0] !== 'wait') process.exit(Number(args[1] ?? 0))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => say(signal))
process.on('SIGTERM', () => setTimeout(() => process.exit(5), 200))
say('pid ' + process.pid)
setTimeout(() => {}, 20_000)
`

// What npm would do, and one line for each time it is asked to.
const npm = `#!/bin/sh
echo "$1" >> npm-calls.txt
for option in "$@"; do case "$option" in --logs-dir=*) logs="\${option#--logs-dir=}";; esac; done
case "$FAKE_NPM" in
  offline) echo 'code ENOTFOUND' > "$logs/debug.log"; exit 1;;
  broken) exit 1;;
esac
[ "$1" = install ] && cp package-lock.json node_modules/.package-lock.json
exit 0
`

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { dependencies: { zod: '^4.0.0' } },
      'node_modules/zod': { version, integrity: 'sha512-a' },
      'node_modules/for-another-platform': { version: '1.0.0', optional: true },
    },
  })

let folder: string
const path = (name: string) => join(folder, name)
const linesOf = (name: string) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8').trim().split('\n') : [])
const environment = (more: Record<string, string> = {}) => {
  const { COUNTERFLOW_NO_INSTALL, npm_command, npm_lifecycle_event, ...inherited } = process.env
  return { ...inherited, PATH: `${path('tools')}:${inherited.PATH}`, TMPDIR: folder, ...more }
}
const run = (args: string[], more?: Record<string, string>) =>
  spawnSync(process.execPath, ['local/bin/counterflow.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(more),
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterflow-start-'))
  for (const name of ['local', 'tools', 'node_modules/node']) mkdirSync(path(name), { recursive: true })
  cpSync(import.meta.dirname, path('local/bin'), { recursive: true })
  writeFileSync(path('local/main.ts'), program)
  writeFileSync(path('package.json'), JSON.stringify({ type: 'module', dependencies: { zod: '^4.0.0' } }))
  writeFileSync(path('package-lock.json'), lock('4.0.1'))
  writeFileSync(path('node_modules/.package-lock.json'), lock('4.0.1'))
  writeFileSync(path('node_modules/node/package.json'), JSON.stringify({ bin: { node: 'node' } }))
  symlinkSync(process.execPath, path('node_modules/node/node'))
  writeFileSync(path('tools/npm'), npm)
  chmodSync(path('tools/npm'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('installing', () => {
  const missing = () => rmSync(path('node_modules/.package-lock.json'))
  const stale = () => writeFileSync(path('node_modules/.package-lock.json'), lock('4.0.0'))

  test('what is installed is not installed again', () => {
    expect(run(['start', '0', '--port', '80']).stderr).toBe('')
    expect(linesOf('npm-calls.txt')).toEqual([])
    expect(linesOf('said.txt')).toEqual(['ran start 0 --port 80'])
  })

  test.each([
    ['missing', missing, 'start', true],
    ['missing', missing, 'verify', true],
    ['stale', stale, 'start', true],
    ['stale', stale, 'verify', false],
  ])('%s packages, %s, %s', (_state, prepare, command, installs) => {
    prepare()
    expect(run([command]).status).toBe(0)
    expect(linesOf('npm-calls.txt')).toEqual(installs ? ['ping', 'install'] : [])
    expect(linesOf('said.txt')).toEqual([`ran ${command}`])
  })

  test.each([
    ['the option', ['start', '--no-install'], {}],
    ['the environment', ['start'], { COUNTERFLOW_NO_INSTALL: '1' }],
  ])('not when %s forbids it', (_what, args, more) => {
    missing()
    const { status, stderr } = run(args, more)
    expect(status).toBe(1)
    expect(stderr).toBe('counterflow: the packages are not installed: run `npm install` in the repository first\n')
    expect(linesOf('npm-calls.txt')).toEqual([])
  })

  test('a stale install runs when installing is forbidden', () => {
    stale()
    expect(run(['start', '--no-install']).status).toBe(0)
    expect(linesOf('said.txt')).toEqual(['ran start'])
  })

  test.each([
    ['offline', 'no network for npm (ENOTFOUND): the first install needs it, connect and run the same command again'],
    ['broken', '`npm install` failed, its own lines above say why: mend that, then run this again'],
  ])('an npm that is %s is named in one line', (state, message) => {
    missing()
    const { status, stderr } = run(['start'], { FAKE_NPM: state })
    expect(status).toBe(1)
    expect(stderr.trim().split('\n').slice(1)).toEqual([`counterflow: ${message}`])
    expect(linesOf('said.txt')).toEqual([])
  })

  test('a lock file that package.json has left behind is not installed', () => {
    missing()
    writeFileSync(path('package.json'), JSON.stringify({ type: 'module', dependencies: { zod: '^5.0.0' } }))
    expect(run(['start']).stderr).toContain('package.json and package-lock.json do not agree')
    expect(linesOf('npm-calls.txt')).toEqual([])
  })
})

describe('running', () => {
  const saysSoon = async (line: string | RegExp) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const said = linesOf('said.txt').find((it) => (typeof line === 'string' ? it === line : line.test(it)))
      if (said) return said
      await wait(25)
    }
    throw new Error(`'${line}' was not said: ${linesOf('said.txt').join(', ')}`)
  }
  const ended = (child: ChildProcess) =>
    new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)))

  test.each([
    [['stop', '0'], 0],
    [['stop', '7'], 7],
    [['die'], 137],
  ])('%s ends with %d', (args, status) => {
    expect(run(args).status).toBe(status)
  })

  test('a signal is passed on once, and the child decides when to end', async () => {
    const child = spawn(process.execPath, ['local/bin/counterflow.mjs', 'wait'], { cwd: folder, env: environment() })
    const end = ended(child)
    await saysSoon(/^pid/)
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) {
      child.kill(signal)
      await saysSoon(signal)
    }
    child.kill('SIGTERM')
    expect(await end).toBe(5)
    expect(linesOf('said.txt').slice(2)).toEqual(['SIGINT', 'SIGTERM'])
  })

  test.each([
    ['with a shell between', true],
    ['with none', false],
  ])('a killed npm stops the program, %s', async (_how, between) => {
    const wrapper = `'${process.execPath}' local/bin/counterflow.mjs wait`
    const command = between ? `${wrapper}; exit $?` : `exec ${wrapper}`
    const starter = `require('child_process').spawn('sh', ['-c', ${JSON.stringify(command)}], { stdio: 'inherit' })`
    const npmLike = spawn(process.execPath, ['-e', starter], {
      cwd: folder,
      env: environment({ npm_lifecycle_event: 'start' }),
    })
    const pid = Number((await saysSoon(/^pid/)).slice(4))
    npmLike.kill('SIGKILL')
    await saysSoon('SIGTERM')
    while (isAlive(pid)) await wait(25)
  })

  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
})
