/**
 * The least value that has `level` of the weight at or below it; without weights each counts 1. By quickselect with three
 * parts (C. Hoare, Algorithm 65, CACM 4, 1961), so in linear time on the whole. Both arrays are put in another order.
 * 0 where nothing weighs.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array | undefined, level: number): number {
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : values.length
  if (!(total > 0)) return 0
  const swap = (i: number, j: number) => {
    const value = values[i]!
    values[i] = values[j]!
    values[j] = value
    if (!weights) return
    const weight = weights[i]!
    weights[i] = weights[j]!
    weights[j] = weight
  }
  let low = 0
  let high = values.length - 1
  /** What is still to be passed in [low, high]; a little less, so that ten tenths are a whole. */
  let wanted = level * total * (1 - 1e-12)
  for (;;) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!)
    let [below, at, above] = [low, low, high]
    let [belowWeight, pivotWeight] = [0, 0]
    while (at <= above) {
      const value = values[at]!
      const weight = weights ? weights[at]! : 1
      if (value < pivot) {
        belowWeight += weight
        swap(below++, at++)
      } else if (value > pivot) swap(at, above--)
      else {
        pivotWeight += weight
        at++
      }
    }
    if (wanted <= belowWeight) high = below - 1
    else if (wanted <= belowWeight + pivotWeight || above === high) return pivot
    else {
      wanted -= belowWeight + pivotWeight
      low = above + 1
    }
  }
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
