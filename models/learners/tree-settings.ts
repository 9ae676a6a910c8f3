/** How a tree may grow. Names and defaults are LightGBM's where it has the same. */
import { z } from 'zod'

export const treeSettings = z.strictObject({
  maxLeaves: z.int().min(2).max(65_536).default(31),
  maxDepth: z.int().min(1).max(64).default(64),
  /**
   * Weight of the rows in a leaf, at least; rows, where none is weighted. Exact where the hessian is the weight (squared,
   * quantile, forests), else estimated from the hessian, as LightGBM does.
   */
  minDataInLeaf: z.number().min(0).default(20),
  minHessianInLeaf: z.number().positive().default(1e-3),
  /** Penalties on a leaf's value, by size and by square. */
  l1: z.number().min(0).default(0),
  l2: z.number().min(0).default(0),
  minGain: z.number().min(0).default(0),
  /** Shares of the columns that a tree, and each of its splits, may ask. */
  columnsPerTree: z.number().gt(0).max(1).default(1),
  columnsPerSplit: z.number().gt(0).max(1).default(1),
  /** Added to a category's hessian before categories are put in order: rare ones go to the middle. */
  categorySmoothing: z.number().min(0).default(10),
  /** `l2` of splits by category, on top. */
  categoryL2: z.number().min(0).default(10),
  maxCategoriesPerSplit: z.int().min(1).max(254).default(32),
  /** By feature name: 1 where the prediction must not fall as the value grows, -1 where it must not rise. */
  monotone: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])).default({}),
})

export type TreeSettings = z.output<typeof treeSettings>
