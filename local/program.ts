/** Every command of `counterflow`, before it is run. */
import { Command } from 'commander'
import { addAccessCommands } from './commands/access-commands.ts'
import { addConnectionCommand } from './commands/connection-command.ts'
import { addDemandCommands } from './commands/demand-commands.ts'
import { addDemoCommand } from './commands/demo-command.ts'
import { addEventsCommand } from './commands/events-command.ts'
import { addForgetCommand } from './commands/forget-command.ts'
import { addKeepCommands } from './commands/keep-commands.ts'
import { addMerchantCommand } from './commands/merchant-command.ts'
import { addModelsCommand } from './commands/models-command.ts'
import { addNoticesCommand } from './commands/notices-command.ts'
import { addQuarantineCommand } from './commands/quarantine-command.ts'
import { addReordersCommand } from './commands/reorders-command.ts'
import { addRunCommand } from './commands/run-command.ts'
import { addSettingsCommand } from './commands/settings-command.ts'
import { addStartCommand } from './commands/start-command.ts'
import { addStatusCommand } from './commands/status-command.ts'
import { addWarehouseCommand } from './commands/warehouse-command.ts'
import { addImportCommand } from './import/import-command.ts'
import { addSimulateCommand } from './simulate/simulate-command.ts'

export function counterflow(): Command {
  const program = new Command('counterflow')
    .description('A real-time retail engine: events in; stock, alerts and revenue out.')
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed (the last line says why), 2 wrong command line, 3 verify found a difference.',
    )

  // Commands copy these settings when they are made.
  program.exitOverride()
  addStartCommand(program)
  addStatusCommand(program)
  addImportCommand(program)
  addSimulateCommand(program)
  addEventsCommand(program)
  addQuarantineCommand(program)
  addSettingsCommand(program)
  addKeepCommands(program)
  addRunCommand(program)
  addWarehouseCommand(program)
  addDemandCommands(program)
  addModelsCommand(program)
  addReordersCommand(program)
  addAccessCommands(program)
  addConnectionCommand(program)
  addMerchantCommand(program)
  addForgetCommand(program)
  addDemoCommand(program)
  addNoticesCommand(program)
  return program
}
