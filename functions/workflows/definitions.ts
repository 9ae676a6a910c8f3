/** The chains' States Language files by their names, for functions, which cannot read them where they lie. */
import type { ChainDefinition } from '#core/chains/chain-graph.ts'
import forecasts from './forecasts.asl.json' with { type: 'json' }
import nightly from './nightly.asl.json' with { type: 'json' }
import weekly from './weekly.asl.json' with { type: 'json' }

export const DEFINITIONS: Readonly<Record<string, ChainDefinition>> = { forecasts, nightly, weekly }
