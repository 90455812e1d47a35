import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { isSound, takeSnapshot, thinSnapshots } from './snapshot.ts'

/** Work on the file that would hold up the till: done on a thread and a connection of its own. */
export const jobSchema = z.discriminatedUnion('job', [
  z.object({ job: z.literal('snapshot'), file: z.string(), folder: z.string(), now: z.number() }),
  z.object({ job: z.literal('check'), file: z.string() }),
])
export type DatabaseJob = z.infer<typeof jobSchema>

if (parentPort !== null) {
  const job = jobSchema.parse(workerData)
  if (job.job === 'check') {
    parentPort.postMessage({ sound: isSound(job.file) })
  } else {
    takeSnapshot(job.file, job.folder, job.now)
    thinSnapshots(job.folder)
    parentPort.postMessage({ sound: true })
  }
}
