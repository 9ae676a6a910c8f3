/** The deployed table: its backup, its loss, and the way back (docs/runbook/table-lost.md). */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  CreateBackupCommand,
  DeleteTableCommand,
  DynamoDBClient,
  RestoreTableFromBackupCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb'

const CATCH_UP = fileURLToPath(new URL('../../local/cloud/catch-up.ts', import.meta.url))
const WAIT_S = 60

export class DeployedTable {
  private readonly client = new DynamoDBClient({})
  private readonly outputs: Readonly<Record<string, string>>

  constructor(outputs: Readonly<Record<string, string>>) {
    this.outputs = outputs
  }

  private get TableName(): string {
    return this.outputs.TableName!
  }

  /** Answers its name. */
  async backUp(): Promise<string> {
    const { BackupDetails } = await this.client.send(
      new CreateBackupCommand({ TableName: this.TableName, BackupName: 'before-the-loss' }),
    )
    return BackupDetails!.BackupArn!
  }

  async lose(): Promise<void> {
    const { client, TableName } = this
    await client.send(new DeleteTableCommand({ TableName }))
    await waitUntilTableNotExists({ client, maxWaitTime: WAIT_S, minDelay: 1 }, { TableName })
  }

  /** Under the name that it had, so that no function has to be told. */
  async restore(BackupArn: string): Promise<void> {
    const { client, TableName } = this
    await client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: TableName }))
    await waitUntilTableExists({ client, maxWaitTime: WAIT_S, minDelay: 1 }, { TableName })
  }

  /** As `npm run catch-up` does it. Answers what it printed. */
  async catchUp(): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'counterflow-catch-up-'))
    try {
      const path = join(folder, 'outputs.json')
      writeFileSync(path, JSON.stringify(this.outputs))
      return (await promisify(execFile)(process.execPath, [CATCH_UP, path])).stdout
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
