/** The command line: `counterflow`. */
import { CommanderError } from 'commander'
import { EXIT } from './commands/command-line.ts'
import { counterflow } from './program.ts'
import { StartError } from './start-error.ts'

const program = counterflow()
program.parseAsync().catch((error) => {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage)
  console.error(error instanceof StartError ? `counterflow: ${error.message}` : error)
  process.exit(EXIT.failed)
})
