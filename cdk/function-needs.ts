/** What each function may touch, and how large it is: least privilege, in one table. A function that is not here is not deployed. */

import type { Manifest, NativeNeed } from '#functions/manifest.ts'

/**
 * `write` of the table and of secrets includes reading. Who appends to the stream claims its documents in the table; who
 * answers a question reads it, to say how far the answer is behind.
 */
export type Needs = {
  readonly table: 'read' | 'write'
  readonly stream?: readonly ('append' | 'read')[]
  readonly objects?: 'read' | 'write'
  readonly secrets?: 'read' | 'write'
  /** Pushes to open sockets. */
  readonly sockets?: true
  /** Sends notices: by e-mail, and to topics of SNS. */
  readonly notices?: true
  /** Writes windows to Timestream. */
  readonly windows?: true
  /** Begins executions of the chains, and looks how far they are. */
  readonly chains?: true
  /** Asks Athena, where the deployment has it. */
  readonly athena?: true
  /** 512 if absent; processor time goes with it. docs/scaling.md has what was measured, and that none of it was on AWS. */
  readonly memoryMb?: number
  /** 10 if absent. */
  readonly timeoutSeconds?: number
  /** Of its own disk: 512 if absent. */
  readonly diskMb?: number
}

/** An API's answer is awaited for 30 seconds, no longer. */
const LONGEST_ANSWER_SECONDS = 29

/** Fetches what it reads to its own disk, or has Athena read it. */
const ASKS_THE_WAREHOUSE = {
  objects: 'read',
  athena: true,
  memoryMb: 1769,
  timeoutSeconds: LONGEST_ANSWER_SECONDS,
  diskMb: 4_096,
} as const

const NEEDS: Readonly<Record<string, Needs>> = {
  'acknowledge-alert': { table: 'write', stream: ['append'] },
  'answer-query': {
    table: 'write',
    stream: ['read'],
    objects: 'read',
    secrets: 'read',
    memoryMb: 1024,
    timeoutSeconds: LONGEST_ANSWER_SECONDS,
  },
  'apply-events': {
    table: 'write',
    stream: ['read'],
    objects: 'write',
    secrets: 'read',
    sockets: true,
    memoryMb: 1769,
    timeoutSeconds: 60,
  },
  // What has come in a quarter of an hour, in stretches that it reads twice: more waits for the next run.
  'archive-events': {
    table: 'write',
    stream: ['read'],
    objects: 'write',
    memoryMb: 1769,
    timeoutSeconds: 600,
  },
  'authorize-viewer': { table: 'write', secrets: 'write' },
  'change-settings': { table: 'write', stream: ['append', 'read'] },
  'change-stock': { table: 'write', stream: ['append'] },
  'collect-events': { table: 'write', stream: ['append'], secrets: 'write', memoryMb: 1024 },
  'deliver-notices': { table: 'write', secrets: 'read', notices: true, timeoutSeconds: 55 },
  'describe-api': { table: 'write' },
  'export-table': { ...ASKS_THE_WAREHOUSE, table: 'write', objects: 'write' },
  // Every held document is read.
  'forget-customer': {
    table: 'write',
    stream: ['append'],
    objects: 'write',
    secrets: 'read',
    memoryMb: 1024,
    timeoutSeconds: LONGEST_ANSWER_SECONDS,
  },
  'hold-connection': { table: 'write', stream: ['read'], sockets: true },
  'import-rows': {
    table: 'write',
    stream: ['append', 'read'],
    secrets: 'write',
    memoryMb: 1769,
    timeoutSeconds: LONGEST_ANSWER_SECONDS,
  },
  'issue-ticket': { table: 'write' },
  'manage-account': { table: 'write', stream: ['read'], secrets: 'write', memoryMb: 1024 },
  'manage-integrations': { table: 'write', stream: ['append', 'read'], secrets: 'write' },
  'manage-models': { ...ASKS_THE_WAREHOUSE, table: 'write', stream: ['read'] },
  'manage-notices': { table: 'write', stream: ['read'], secrets: 'write', notices: true },
  'manage-tokens': { table: 'write', stream: ['read'], secrets: 'read' },
  'manage-users': { table: 'write', stream: ['read'], secrets: 'read' },
  'mirror-windows': { table: 'write', stream: ['read'], windows: true, timeoutSeconds: 55 },
  'name-merchant': { table: 'write' },
  'pass-time': { table: 'write', stream: ['append'] },
  'read-audit': { table: 'write', stream: ['read'] },
  'receive-webhook': { table: 'write', stream: ['append'], secrets: 'write', memoryMb: 1024 },
  'report-health': { table: 'write', stream: ['read'] },
  'resend-claims': { table: 'write', stream: ['append'] },
  'review-forecasts': { ...ASKS_THE_WAREHOUSE, table: 'write', stream: ['read'] },
  'review-reorders': {
    table: 'write',
    stream: ['append', 'read'],
    memoryMb: 1024,
    timeoutSeconds: LONGEST_ANSWER_SECONDS,
  },
  'review-runs': { table: 'write', stream: ['read'], chains: true },
  'review-quarantine': { table: 'write', stream: ['append', 'read'], objects: 'read', secrets: 'write' },
  // What new accounts may have, and the longest time there is: docs/scaling.md says whom that is too little for.
  'run-step': {
    table: 'write',
    stream: ['read'],
    objects: 'write',
    secrets: 'read',
    athena: true,
    memoryMb: 3008,
    timeoutSeconds: 900,
    diskMb: 10_240,
  },
  'sell-for-demo': {
    table: 'write',
    stream: ['append'],
    objects: 'write',
    secrets: 'write',
    memoryMb: 1024,
    timeoutSeconds: 55,
  },
  'sign-in': { table: 'write', stream: ['read'], secrets: 'write', memoryMb: 1024 },
  'start-runs': { table: 'write', chains: true, timeoutSeconds: 300 },
  'trace-lineage': { table: 'write', stream: ['read'], objects: 'read' },
  'sweep-lake': { table: 'write', objects: 'write', memoryMb: 1769, timeoutSeconds: 600 },
  'sweep-expired': { table: 'write', objects: 'write', timeoutSeconds: 300 },
}

/** @throws Error that says what to add, for a function that the table does not know. */
export function needsOf(runs: string): Needs {
  const needs = NEEDS[runs]
  if (needs === undefined)
    throw new Error(`cdk/function-needs.ts does not say what functions/${runs} may touch: add it`)
  return needs
}

/** The layers of a function: what any line of the manifest that runs it says. */
export function nativeNeedsOf({ routes, consumers, schedules, workflows }: Manifest, runs: string): NativeNeed[] {
  const lines = [...routes, ...consumers, ...schedules, ...workflows].filter((each) => each.runs === runs)
  return [...new Set(lines.flatMap(({ needs = [] }) => needs))]
}
