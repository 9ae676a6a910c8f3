import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { learningRows } from '#test/fakes/learning-table.ts'
import { binFeatures } from './bin-features.ts'
import { boostTrees } from './boost-trees.ts'
import { type TreeFile, TreeFileError, treeFileOf, treesFromFile } from './tree-file.ts'

const trained = (seed: number) => {
  const { table, target } = learningRows(300, seed)
  return boostTrees({ binned: binFeatures(table), labels: { target } }, { objective: { name: 'squared' }, rounds: 6 })
    .trees
}

it('a file says exactly what the trees are, through JSON too', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const trees = trained(seed)
      expect(trees.codeSets.length).toBeGreaterThan(0)
      expect(treesFromFile(JSON.parse(JSON.stringify(treeFileOf(trees))))).toEqual(trees)
    }),
    { numRuns: 8 },
  )
})

describe('what is no file of trees', () => {
  const good = JSON.stringify(treeFileOf(trained(1)))
  const first = (file: TreeFile) => file.trees[0]!
  it.each<[string, (file: TreeFile) => unknown, RegExp]>([
    ['nothing', () => undefined, /^this is no file of trees: /],
    ['another format', (file) => ({ ...file, format: 'xgboost' }), /format: /],
    ['a version to come', (file) => ({ ...file, version: 2 }), /are of version 2, and this program reads version 1/],
    ['a link that is none', (file) => ({ ...file, link: 'probit' }), /link: /],
    ['a number that is none', (file) => ({ ...file, base: null }), /base: /],
    ['a field too many', (file) => ({ ...file, more: 1 }), /more/],
    ['too few values', (file) => void first(file).value.pop(), /^tree 0: \d+ nodes, but \d+ of value$/],
    [
      'no node',
      (file) => ({
        ...file,
        trees: [{ feature: [], threshold: [], codes: [], missingLeft: [], left: [], right: [], value: [], cover: [] }],
      }),
      /^tree 0: it has no node$/,
    ],
    ['a feature that is none', (file) => void (first(file).feature[0] = 5), /^tree 0: node 0 asks feature 5 of 5$/],
    [
      'a circle',
      (file) => void (first(file).left[0] = 0),
      /^tree 0: node 0 leads to 0, and must lead to one behind it/,
    ],
    ['two ways', (file) => void (first(file).left[0] = first(file).right[0]!), /^tree 0: two ways lead to node/],
    ['a lost node', (file) => void (first(file).feature[0] = -1), /^tree 0: no way leads to node 1$/],
    [
      'a threshold that is rounded',
      (file) => void (first(file).threshold[0] = 0.1),
      /^tree 0: the threshold of node 0 is no float32$/,
    ],
    [
      'a number asked by codes',
      (file) => void (first(file).codes[first(file).feature.indexOf(0)] = 0),
      /asks a number by code set 0$/,
    ],
    [
      'codes that are none',
      (file) => void (first(file).codes[first(file).feature.indexOf(4)] = -1),
      /asks a category by code set -1$/,
    ],
    [
      'codes in disorder',
      (file) => void file.codeSets[0]!.unshift(1e9),
      /^code set 0 is not ascending codes of float32$/,
    ],
    ['a cover of nothing', (file) => void (first(file).cover[0] = 0), /cover: 0: /],
  ])('%s', (_, spoil, message) => {
    const file = JSON.parse(good) as TreeFile
    const data = spoil(file)
    const read = () => treesFromFile(data === undefined && _ !== 'nothing' ? file : data)
    expect(read).toThrow(TreeFileError)
    expect(read).toThrow(message)
  })
})
