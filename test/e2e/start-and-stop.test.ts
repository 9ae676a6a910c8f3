/** Starting, being refused, stopping: in one line, with nothing lost and nothing damaged. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ownerToken } from '#local/client.ts'
import { OPERATOR } from '#local/owner.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { until } from './engine-api.ts'
import { engineFor, MAIN, run } from './running-engine.ts'

/** Runs the command line to its end. */
async function ended(args: readonly string[], options: Parameters<typeof run>[1] = {}) {
  const { child, lines, ended: end } = run(args, options)
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stdout!.on('data', (chunk) => {
    printed += chunk
  })
  const code = await end
  return { code, printed, lines: lines.join('').trimEnd().split('\n') }
}
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('starting', () => {
  test('says in one line where it is and how to get in', async () => {
    const data = join(temporaryFolder(), 'data')
    const { child, lines } = run(['start', '--port', '0', '--data', data])
    onTestFinished(() => void child.kill('SIGKILL'))
    let printed = ''
    child.stdout!.on('data', (chunk) => {
      printed += chunk
    })
    await until(() => printed.includes('\n'), 20_000, 'the line')
    expect(printed).toMatch(
      /^Counterflow runs at (http:\/\/127\.0\.0\.1:\d+) and lets you in at \1\/sign-in\?code=[\w-]{20,}\n$/,
    )
    expect(JSON.parse(readFileSync(join(data, 'engine.json'), 'utf8'))).toMatchObject({
      pid: child.pid,
      address: printed.split(' ')[3],
    })
    child.kill('SIGINT')
    expect((await once(child, 'exit'))[0]).toBe(0)
    expect(existsSync(join(data, 'engine.json'))).toBe(false)
    expect(lines.join('')).toBe('')
  })

  test('listens on this machine by its name', async () => {
    const engine = await engineFor(temporaryFolder(), ['--host', 'localhost'])
    expect(engine.address).toContain('//localhost:')
    expect((await engine.get('/healthz')).status).toBe(200)
  })

  test.each(['0.0.0.0', '::'])('refuses to listen on %j', async (host) => {
    const data = join(temporaryFolder(), 'data')
    const { code, printed, lines } = await ended(['start', '--port', '0', '--data', data, '--host', host])
    expect([code, printed, lines.length]).toEqual([1, '', 1])
    expect(lines[0]).toMatch(/^counterflow: --host .* no owner with a password/)
    expect(existsSync(data)).toBe(false)
  })

  test('trusts no proxy before there is an owner with a password', async () => {
    const data = join(temporaryFolder(), 'data')
    const { code, lines } = await ended(['start', '--port', '0', '--data', data, '--trust-proxy', '127.0.0.1'])
    expect([code, lines.length]).toEqual([1, 1])
    expect(lines[0]).toMatch(/^counterflow: --trust-proxy .* no owner with a password/)
    expect(existsSync(data)).toBe(false)
  })

  test('listens on others when an owner with a password is there, to any name', async () => {
    const data = temporaryFolder()
    const first = await engineFor(data)
    const { version } = (await first.get('/account')).body
    const cookie = await first.session()
    const as = { headers: { cookie }, asStranger: true }
    const email = 'asha@shop.example'
    expect((await first.ask('PATCH', '/account', { ...as, body: { email, version } })).status).toBe(200)
    await first.stop()
    expect((await ended(['start', '--port', '0', '--data', data, '--host', '0.0.0.0'])).code).toBe(1)
    const password = 'seven green kettles sing'
    const set = run(['user', 'password', '--email', email, '--data', data], { stdio: 'pipe' })
    set.child.stdin!.end(password)
    expect([await set.ended, set.lines.join('')]).toEqual([0, ''])
    const open = await engineFor(data, ['--host', '0.0.0.0'])
    const headers = { host: 'shop.example', 'content-type': 'application/json' }
    const wrong = await open.raw('POST', '/sign-in', headers, JSON.stringify({ email, password: 'a wrong one' }))
    expect(wrong.status).toBe(401)
    expect((await open.raw('POST', '/sign-in', headers, JSON.stringify({ email, password }))).status).toBe(204)
    expect((await open.raw('GET', '/metrics', { host: 'shop.example' })).status).toBe(401)
    // The doors of this machine stay this machine's.
    const order = JSON.stringify({ eventType: 'ORDER_PLACED', asin: 'A', price: 1, region: 'IN', orderId: 'O' })
    expect((await open.raw('POST', '/integrations/amazon/webhook', headers, order)).status).toBe(401)
    await open.stop()

    // Behind a proxy of this machine each person is at a place of their own.
    const proxied = await engineFor(data, ['--trust-proxy', '127.0.0.1'])
    const from = { ...headers, 'x-forwarded-for': '203.0.113.5' }
    const guess = (who: string) => JSON.stringify({ email: `${who}@shop.example`, password: 'a wrong one' })
    for (let n = 0; n < 30; n++)
      expect((await proxied.raw('POST', '/sign-in', from, guess(`nobody-${n}`))).status).toBe(401)
    expect((await proxied.raw('POST', '/sign-in', from, JSON.stringify({ email, password }))).status).toBe(429)
    const next = { ...headers, 'x-forwarded-for': '203.0.113.5, 203.0.113.6' }
    expect((await proxied.raw('POST', '/sign-in', next, JSON.stringify({ email, password }))).status).toBe(204)
    // What is of this machine by its name alone is not of it.
    const named = { ...from, host: 'localhost' }
    expect((await proxied.raw('POST', '/integrations/amazon/webhook', named, order)).status).toBe(401)
  }, 60_000)

  test.each(['x', '65536'])('takes no port %j', async (port) => {
    const { code } = await ended(['start', '--data', temporaryFolder(), `--port=${port}`])
    expect(code).toBe(2)
  })
})

describe('one process for each folder', () => {
  test('a second one names the first, and leaves it alone', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    const { code, printed, lines } = await ended(['start', '--port', '0', '--data', data])
    expect([code, printed, lines.length]).toEqual([1, '', 1])
    expect(lines[0]).toBe(
      `counterflow: ${data} is in use by process ${engine.child.pid}: stop that one, or choose another folder with --data`,
    )
    expect((await engine.order({ eventType: 'VIEW', skuId: 'x' })).status).toBe(202)
    expect(JSON.parse(readFileSync(join(data, 'engine.json'), 'utf8')).pid).toBe(engine.child.pid)
    await engine.kill()
    const next = await engineFor(data)
    expect((await next.get('/metrics')).body.counts.views.value).toBe(1)
  })

  test('of several that start at once, one does', async () => {
    const data = temporaryFolder()
    const tries = Array.from({ length: 3 }, () => run(['start', '--port', '0', '--data', data]))
    onTestFinished(() => {
      for (const { child } of tries) child.kill('SIGKILL')
    })
    let running = 0
    for (const { child } of tries) child.stdout!.once('data', () => running++)
    const codes: (number | null)[] = []
    for (const { ended: end } of tries) void end.then((code) => codes.push(code))
    await until(() => running + codes.length === 3, 30_000, 'all of them to start or end')
    expect([running, codes]).toEqual([1, [1, 1]])
  })
})

describe('what cannot be used is refused in one line', () => {
  const refusal = async (data: string, more: readonly string[] = [], options: Parameters<typeof run>[1] = {}) => {
    const { code, printed, lines } = await ended(['start', '--port', '0', '--data', data, ...more], options)
    expect([code, printed]).toEqual([1, ''])
    expect(lines.length).toBe(1)
    expect(lines[0]).toMatch(/^counterflow: .{20}/)
    return lines[0]!
  }

  test('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const data = temporaryFolder()
    expect(await refusal(data, [`--port=${port}`])).toBe(
      `counterflow: port ${port} is in use: choose another with --port, or 0 for any free one`,
    )
    // And the folder is free.
    await engineFor(data)
  })

  test('a folder that is a file', async () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, 'x')
    expect(await refusal(path)).toContain('choose another folder with --data')
    expect(readFileSync(path, 'utf8')).toBe('x')
  })

  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

  test('a folder that may not be written to', async () => {
    const path = join(temporaryFolder(), 'data')
    mkdirSync(path)
    chmodSync(path, 0o555)
    chmodSync(join(path, '..'), 0o755)
    expect(await refusal(path, [], asNobody)).toContain(`cannot write to ${path}`)
  })

  test('a folder with a part that may not be written to', async () => {
    const path = join(temporaryFolder(), 'data')
    const engine = await engineFor(path)
    await engine.stop()
    chmodSync(path, 0o777)
    chmodSync(join(path, '..'), 0o755)
    expect(await refusal(path, [], asNobody)).toContain(path)
  })

  test('a folder of a newer release, which is left as it is', async () => {
    const path = temporaryFolder()
    const format = JSON.stringify({ format: 99, shards: 4 })
    writeFileSync(join(path, 'format.json'), format)
    expect(await refusal(path)).toContain('was written by a newer release (format 99')
    expect(readFileSync(join(path, 'format.json'), 'utf8')).toBe(format)
    expect(existsSync(join(path, 'state'))).toBe(false)
  })

  test.each(['log', 'state'])('a folder whose %s is broken', async (part) => {
    const path = temporaryFolder()
    writeFileSync(join(path, 'format.json'), JSON.stringify({ format: 1, shards: 4 }))
    mkdirSync(join(path, part))
    writeFileSync(join(path, part, 'data.mdb'), 'this is no database '.repeat(1_000))
    expect(await refusal(path)).toContain(path)
  })
})

describe('stopping', () => {
  const views = (prefix: string, count: number) => ({
    events: Array.from({ length: count }, (_, n) => ({
      type: 'product.viewed',
      id: `${prefix} ${n}`,
      storeId: 's',
      data: { productId: 'lamp' },
    })),
  })

  test('answers what is in flight, ends with 0 within 5 s, and loses nothing', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    const listener = await engine.listen()
    const closed = once(listener.socket, 'close')
    // A connection that is open and says nothing must not hold the end up.
    const idle = connect(Number(new URL(engine.address).port), '127.0.0.1')
    idle.on('error', () => {})
    onTestFinished(() => void idle.destroy())
    const answered: string[] = []
    let asked = 0
    const asking = Array.from({ length: 8 }, async (_, caller) => {
      for (let n = 0; n < 1_000; n++) {
        const name = `${caller}-${n}`
        asked++
        try {
          const { status } = await engine.post('/collect', views(name, 100))
          if (status !== 202) return
          answered.push(name)
        } catch {
          return // the door is closed
        }
      }
    })
    await until(() => answered.length > 20, 10_000, 'some answers')
    const stopped = await engine.stop()
    await Promise.all(asking)
    expect(stopped.code).toBe(0)
    expect(stopped.tookMs).toBeLessThan(5_000)
    expect((await closed)[0]).toBe(1001)
    expect(asked).toBeGreaterThan(answered.length)
    expect(engine.said).not.toContain('Error')

    const next = await engineFor(data)
    await next.settled()
    const { body } = await next.get('/metrics')
    expect(body.counts.views.value).toBeGreaterThanOrEqual(answered.length * 100)
    for (const name of answered) {
      const again = await next.post('/collect', views(name, 100))
      expect([name, again.status]).toEqual([name, 200])
    }
    await next.settled()
    expect((await next.get('/metrics')).body.counts.views.value).toBe(body.counts.views.value)
  })

  test('ends with 0 after Ctrl-C, however often it comes', async () => {
    const { child } = await engineFor(temporaryFolder())
    const ended = once(child, 'exit')
    for (let n = 0; n < 5; n++) {
      child.kill('SIGINT')
      await new Promise((done) => setTimeout(done, 3))
    }
    expect(await ended).toEqual([0, null])
  })

  // A browser that sleeps, a network that is gone: the socket's far end does not answer that it closes.
  test('a screen that does not answer does not hold it up', async () => {
    const engine = await engineFor(temporaryFolder())
    const listener = await engine.listen()
    listener.socket.pause()
    const { code, tookMs } = await engine.stop()
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(5_000)
  })

  test('nor does a request that never ends', async () => {
    const engine = await engineFor(temporaryFolder())
    const { port } = new URL(engine.address)
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    const head = `POST /collect HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${engine.token}`
    socket.write(`${head}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"events":[`)
    await new Promise((done) => setTimeout(done, 100))
    const { code, tookMs } = await engine.stop()
    expect([code, tookMs < 5_000]).toEqual([0, true])
  })

  test('nor does long work, which is told so', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    for (let n = 0; n < 40; n++) await engine.post('/collect', views(String(n), 500))
    const headers = { authorization: `Bearer ${await ownerToken(data, OPERATOR)}` }
    expect((await engine.post('/engine/settle', {})).status).toBe(401)
    await engine.post('/engine/settle', {}, { headers })
    const verified = engine.post('/engine/verify', { from: 'start' }, { headers })
    await until(() => readdirSync(data).some((name) => name.startsWith('verify-')), 5_000, 'its folder')
    const { code, tookMs } = await engine.stop()
    expect([code, tookMs < 5_000]).toEqual([0, true])
    expect((await verified).body).toMatchObject({ failed: expect.stringContaining('the engine stops') })
    expect(readdirSync(data).filter((name) => name.startsWith('verify-'))).toEqual([])
  })

  test('what a kill in the middle left behind goes at the next start', async () => {
    const data = temporaryFolder()
    await (await engineFor(data)).kill()
    mkdirSync(join(data, 'verify-cut-off'))
    writeFileSync(join(data, 'objects', '.put-cut-off'), 'half')
    await engineFor(data)
    expect(existsSync(join(data, 'verify-cut-off'))).toBe(false)
    expect(existsSync(join(data, 'objects', '.put-cut-off'))).toBe(false)
  })

  test('follows its parent', async () => {
    const data = temporaryFolder()
    // As `npx counterflow` does: it starts the engine and says who it is.
    const program = `
      const env = { ...process.env, COUNTERFLOW_PARENT_PID: String(process.pid) }
      const args = [${JSON.stringify(MAIN)}, 'start', '--port', '0', '--data', ${JSON.stringify(data)}]
      const child = require('node:child_process').spawn(process.execPath, args, { stdio: 'ignore', env })
      console.log(child.pid)
      setInterval(() => {}, 1000)
    `
    const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const pid = Number(String((await once(parent.stdout, 'data'))[0]))
    onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGKILL')))
    await until(() => existsSync(join(data, 'engine.json')), 20_000, 'the engine')
    // As long as the parent lives, so does the engine.
    await new Promise((done) => setTimeout(done, 1_200))
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await until(() => !existsSync(join(data, 'engine.json')), 5_000, 'the engine to stop')
    await until(() => !isAlive(pid), 5_000, 'the engine to end')
  })
})

describe('the command line beside it', () => {
  test('has the owner’s rights though people’s secret was made first', async () => {
    const data = temporaryFolder()
    const { child } = run(['start', '--port', '0', '--data', data])
    onTestFinished(() => void child.kill('SIGKILL'))
    const [line] = await once(child.stdout!, 'data')
    const address = /runs at (\S+)/.exec(String(line))![1]!
    const order = { eventType: 'ORDER_PLACED', skuId: 'x', price: 1, customerId: 'ann' }
    const headers = { 'content-type': 'application/json' }
    const taken = await fetch(`${address}/integrations/generic/webhook`, {
      method: 'POST',
      headers,
      body: JSON.stringify(order),
    })
    expect(taken.status).toBe(202)
    const made = spawnSync(process.execPath, [MAIN, 'token', 'create', '--json', '--data', data], { encoding: 'utf8' })
    expect([made.status, made.stderr]).toEqual([0, ''])
    const authorization = `Bearer ${JSON.parse(made.stdout).token}`
    expect((await fetch(`${address}/stock`, { headers: { authorization } })).status).toBe(200)
    // The same person is the same person still.
    await fetch(`${address}/integrations/generic/webhook`, { method: 'POST', headers, body: JSON.stringify(order) })
    const metrics = await until(
      async () => {
        const { counts } = (await (await fetch(`${address}/metrics`, { headers: { authorization } })).json()) as {
          counts: Record<string, { value: number }>
        }
        return counts.orders!.value === 2 ? counts : undefined
      },
      5_000,
      'both orders',
    )
    expect(metrics.activeCustomers!.value).toBe(1)
  })
})
