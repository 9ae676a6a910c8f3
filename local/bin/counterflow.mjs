#!/usr/bin/env node
import { join } from 'node:path'
import { buildDashboardIfStale } from './build-dashboard.mjs'
import { installIfMissing } from './install-packages.mjs'
import { root, runOnPinnedNode } from './pinned-node.mjs'

const given = process.argv.slice(2)
const args = given.filter((arg) => arg !== '--no-install')
const starts = args.find((arg) => !arg.startsWith('-')) === 'start'
const allowInstall = args.length === given.length && process.env.COUNTERFLOW_NO_INSTALL !== '1'

installIfMissing({ allowInstall, renew: starts })
if (starts && allowInstall) buildDashboardIfStale()

// Each process of npm -> this one -> the engine watches the one before it. The engine has to stop when `process.ppid`
// is no longer this number: then this process was killed and could pass nothing on.
runOnPinnedNode(join(root, 'local', 'main.ts'), args, { COUNTERFLOW_PARENT_PID: String(process.pid) })
