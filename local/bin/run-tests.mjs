import { buildDashboardIfStale } from './build-dashboard.mjs'
import { findChromium } from './find-chromium.mjs'
import { installIfMissing } from './install-packages.mjs'
import { packageCommand, runOnPinnedNode } from './pinned-node.mjs'

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
  ['run', ...process.argv.slice(2)],
  chromium ? { COUNTERFLOW_CHROMIUM: chromium } : {},
)
