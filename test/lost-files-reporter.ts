/** Names the files whose process ended under them, and how it ended: vitest says only that one did. */
import type { ChildProcess } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import type { Reporter, TestModule } from 'vitest/node'

export default class LostFilesReporter implements Reporter {
  private readonly exits: string[] = []

  onInit(): void {
    diagnostics.subscribe('child_process', (message) => this.watch((message as { process: ChildProcess }).process))
  }

  /** Vitest ends its own with SIGTERM. */
  private watch(child: ChildProcess): void {
    child.once('exit', (code, signal) => {
      if (signal === 'SIGTERM') return
      this.exits.push(`process ${child.pid} ended with ${signal ?? code} at ${new Date().toISOString()}`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const lost = modules.filter((module) => ['queued', 'pending'].includes(module.state()))
    for (const { relativeModuleId } of lost) console.error(`Lost: ${relativeModuleId} never ended`)
    if (lost.length > 0) for (const exit of this.exits) console.error(`Lost: ${exit}`)
  }
}
