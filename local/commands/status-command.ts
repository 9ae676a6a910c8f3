import type { Command } from 'commander'
import type { QualityAnswer } from '#core/api/quality.ts'
import { bodyOf, type CommonOptions, dataOption, jsonOption, print, table, withClient } from './command-line.ts'

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('where the engine runs, how far it is, and its ledger')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(status)
}

async function status({ data, json }: CommonOptions): Promise<void> {
  await withClient(data, async (client) => {
    const quality = bodyOf<QualityAnswer>(await client.request('GET', '/quality'))
    const running = client.address === undefined ? { running: false } : { running: true, address: client.address }
    const { ledger, lagMs, lastSeal, disk, unlistedProducts, unlistedStores } = quality
    const rows = ledger?.map((l) => [l.shard, l.accepted, l.applied, l.duplicate, l.held, l.discarded, l.pending])
    print(json, { ...running, data, ...quality }, [
      client.address === undefined ? `No engine runs on ${data}.` : `The engine runs at ${client.address} on ${data}.`,
      `It is ${lagMs} ms behind.${rows === undefined ? '' : ` Last seal: ${lastSeal?.sealedAt ?? 'none yet'}. Disk: ${megabytes(disk?.usedBytes)} used, ${megabytes(disk?.freeBytes)} free.`}`,
      `Not listed by anybody: products ${unlistedProducts.count}, stores ${unlistedStores.count}.`,
      '',
      ...(rows === undefined
        ? ['The ledger is of every merchant’s records: only whoever runs the engine is shown it.']
        : table([['shard', 'accepted', 'applied', 'duplicate', 'held', 'discarded', 'pending'], ...rows])),
    ])
  })
}

const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '?' : `${Math.round(bytes / 2 ** 20)} MB`
