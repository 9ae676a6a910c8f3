import { resolve } from 'node:path'
import { installIfMissing } from './install-packages.mjs'
import { fail, runOnPinnedNode } from './pinned-node.mjs'

const [script, ...args] = process.argv.slice(2)
if (!script) fail('usage: node local/bin/with-node.mjs SCRIPT [ARGUMENTS]')
installIfMissing()
runOnPinnedNode(resolve(script), args)
