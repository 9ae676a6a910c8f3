import { existsSync } from 'node:fs'

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser for the browser tests, or undefined; CHROMIUM in the environment goes first. */
export function findChromium() {
  return [process.env.CHROMIUM, ...usualPaths].find((path) => path && existsSync(path))
}
