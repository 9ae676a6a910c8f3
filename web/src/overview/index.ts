export { useNothingYet } from './nothing-yet.tsx'
export { OverviewPage, OverviewSkeleton } from './overview-page.tsx'
