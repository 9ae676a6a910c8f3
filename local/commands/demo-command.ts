import type { Command } from 'commander'
import { resetDemo } from '../reset-demo.ts'
import { type CommonOptions, dataOption, jsonOption, print } from './command-line.ts'

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('the merchant that is there before anybody is connected')
    .command('reset')
    .description('empty it: what was taken, counted and connected is gone for good; tokens stay')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ data, json }: CommonOptions) => {
      await resetDemo(data)
      print(json, { data }, [`The demo in ${data} is empty.`])
    })
}
