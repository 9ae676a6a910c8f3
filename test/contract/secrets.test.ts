import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { type SecretsImplementation, secretsContract } from './secrets.contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

const newPath = () => join(temporaryFolder(), 'data', 'secrets.json')

const file: SecretsImplementation = {
  name: 'FileSecrets',
  open: async () => {
    const path = newPath()
    return { secrets: new FileSecrets(path), reopen: () => new FileSecrets(path), close: async () => {} }
  },
}

secretsContract(file)

describe('FileSecrets', () => {
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

  test('only the owner may read the file', async () => {
    const path = newPath()
    await new FileSecrets(path).set('a', 'x')
    expect(modeOf(path)).toBe('600')
    expect(readdirSync(dirname(path))).toEqual(['secrets.json'])
  })

  test('not even where a file with other rights was left behind', async () => {
    const path = newPath()
    mkdirSync(dirname(path))
    for (const left of [path, `${path}.new`]) {
      writeFileSync(left, '{"a":"old"}')
      chmodSync(left, 0o666)
    }
    await new FileSecrets(path).set('b', 'x')
    expect(modeOf(path)).toBe('600')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ a: 'old', b: 'x' })
  })

  test('a secret that could not be written is not there, and can be set again', async () => {
    const path = newPath()
    const secrets = new FileSecrets(path)
    await secrets.set('a', 'kept')
    // A folder stands in the way.
    mkdirSync(`${path}.new`)
    await expect(secrets.set('b', 'lost')).rejects.toThrow()
    expect(await secrets.get('b')).toBeUndefined()
    rmSync(`${path}.new`, { recursive: true })
    await secrets.set('c', 'later')
    const next = new FileSecrets(path)
    expect([await next.get('a'), await next.get('b'), await next.get('c')]).toEqual(['kept', undefined, 'later'])
  })

  test('what another program has set is seen, and kept', async () => {
    const path = newPath()
    const [engine, commandLine] = [new FileSecrets(path), new FileSecrets(path)]
    await engine.set('people', 'x')
    expect(await engine.get('signing-key')).toBeUndefined()
    await commandLine.set('signing-key', 'y')
    expect(await engine.get('signing-key')).toBe('y')
    await new FileSecrets(path).set('third', 'z')
    await engine.set('fourth', 'w')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ people: 'x', 'signing-key': 'y', third: 'z', fourth: 'w' })
  })

  test('a file that cannot be read says which one and what to do, and is left as it is', async () => {
    const path = newPath()
    mkdirSync(dirname(path))
    writeFileSync(path, '{"a":')
    const secrets = new FileSecrets(path)
    await expect(secrets.get('a')).rejects.toThrow(`${path} is not readable: restore it from a backup`)
    await expect(secrets.set('a', 'x')).rejects.toThrow(path)
    expect(readFileSync(path, 'utf8')).toBe('{"a":')
    writeFileSync(path, '{"a":"mended"}')
    expect(await secrets.get('a')).toBe('mended')
  })
})
