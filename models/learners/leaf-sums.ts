/** What is asked about: the sums of a leaf, and what its children must keep to. */
export interface LeafSums {
  readonly G: number
  readonly H: number
  /** A child has this much hessian at least. */
  readonly leastHessian: number
  readonly l1: number
  readonly l2: number
  /** The leaf's and its children's values stay within; infinite where nothing is monotone. */
  readonly low: number
  readonly high: number
}
