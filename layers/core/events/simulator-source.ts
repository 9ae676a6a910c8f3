/** The source of every event that the simulator made, so that no model of a real merchant takes it for trade. */
export const SIMULATOR = 'simulator'
