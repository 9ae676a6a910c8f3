/** The source of every event that the simulator made, so that no model of a real merchant takes it for trade. */
export const SIMULATOR = 'simulator'
/** How it names itself at the door while it sells now: nobody sends that once more in years, as one may a history. */
export const SIMULATOR_LIVE = 'simulator:live'
