/** The policy as the rest of the program asks for it: classes, lead times and dependence are learnt from the task, then all is answered. */
import type { ReorderAnswer, ReorderPolicy, ReorderTask } from '#core/reorders/reorder-policy.ts'
import { dayDependence } from './day-dependence.ts'
import { learnLeadTimes } from './lead-times.ts'
import { classProducts } from './product-classes.ts'
import { proposeReorders } from './propose-reorders.ts'

const SEED = 1

export const reorderPolicy: ReorderPolicy = { propose: async (task) => answersTo(task) }

function answersTo({ questions, leadTimes, errors, ...rules }: ReorderTask): readonly ReorderAnswer[] {
  const classes = classesOf(questions)
  return proposeReorders(
    questions.map(({ sales: _, ...question }, place) => ({ ...question, productClass: classes[place]! })),
    { ...rules, leadTimes: learnLeadTimes(leadTimes), dependence: dayDependence(errors), seed: SEED },
  )
}

/** Each among those that sell in its currency: amounts in two currencies are not compared. */
function classesOf(questions: ReorderTask['questions']) {
  const classes = new Array<ReturnType<typeof classProducts>[number]>(questions.length)
  const places = Map.groupBy(questions.keys(), (place) => questions[place]!.sales.currency)
  for (const ofOne of places.values()) {
    const found = classProducts(ofOne.map((place) => questions[place]!.sales))
    ofOne.forEach((place, nth) => void (classes[place] = found[nth]!))
  }
  return classes
}
