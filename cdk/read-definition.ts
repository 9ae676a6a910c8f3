import { readFileSync } from 'node:fs'
import type { ChainDefinition } from '#core/chains/chain-graph.ts'

/** A chain's States Language file, by its path in the manifest. */
export const readDefinition = (path: string): ChainDefinition =>
  JSON.parse(readFileSync(new URL(`../functions/${path}`, import.meta.url), 'utf8')) as ChainDefinition
