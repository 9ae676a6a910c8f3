/** The command for somebody who wants to be forgotten. */
import type { Command } from 'commander'
import type { ForgetReceipt } from '#core/api/forget.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  jsonOption,
  merchantOption,
  print,
  withClient,
} from './command-line.ts'

export function addForgetCommand(program: Command): void {
  program
    .command('forget <customer>')
    .description('delete what says who a customer is: by e-mail, telephone or number as the shop has it, or by token')
    .addOption(merchantOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(forget)
}

async function forget(
  customer: string,
  { data, json, merchant }: CommonOptions & { readonly merchant: string },
): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const receipt = bodyOf<ForgetReceipt>(await client.request('POST', '/customers/forget', { customer }))
      const { mappings, deliveries, heldDocuments } = receipt.deleted
      const searched = `${deliveries} deliveries and ${heldDocuments} held documents that named them were deleted.`
      print(json, receipt, [
        mappings === 0 ? 'Nobody is known by that.' : 'They are forgotten: nothing says whose their token was.',
        receipt.areDocumentsSearched
          ? searched
          : 'Documents were not searched: what was given is too short to find anybody by.',
        `Receipt ${receipt.id}, ${receipt.at}; the audit has it.`,
      ])
    },
    merchant,
  )
}
