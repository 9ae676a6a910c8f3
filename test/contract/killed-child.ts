import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Runs a script beside this file until it has said so many lines, kills it (-9), and answers every line it said. */
export function killWhenItSays(script: string, args: readonly string[], lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  child.stdout.on('data', (chunk) => {
    said += chunk
    if (said.split('\n').length > lines) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1))
      else reject(new Error(`${script} ended by itself, with code ${code}: ${complaints}`))
    })
  })
}
