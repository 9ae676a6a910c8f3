import { buildDashboardIfStale } from './build-dashboard.mjs'
import { findChromium } from './find-chromium.mjs'
import { installIfMissing } from './install-packages.mjs'
import { packageCommand, runOnPinnedNode } from './pinned-node.mjs'

const args = process.argv.slice(2)
const chromium = findChromium()
console.log(
  chromium
    ? `Browser tests: ${chromium}`
    : 'Browser tests skipped: no Chromium found (set CHROMIUM or install the package chromium)',
)
installIfMissing()
buildDashboardIfStale()
runOnPinnedNode(
  packageCommand('vitest', 'vitest'),
  ['run', ...(args.some((each) => each.startsWith('--project')) ? [] : ['--project=!cloud*']), ...args],
  chromium ? { COUNTERFLOW_CHROMIUM: chromium } : {},
)
