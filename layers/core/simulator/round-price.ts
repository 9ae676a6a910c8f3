/** A price as it stands on a label: whole rupees, at least one. Minor units in and out. */
export const roundPrice = (minor: number): number => Math.max(100, Math.round(minor / 100) * 100)
