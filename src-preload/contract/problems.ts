import { capabilities } from './capabilities.ts'
import { integrationProblems } from './integration.ts'

/** The closed catalogue of errors that may cross the contract: a code that is not here never reaches a screen or an integrator. */
export const problems = { ...capabilities.problems, ...integrationProblems }
export type ProblemCode = keyof typeof problems
