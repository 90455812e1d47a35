import { defineConfig } from '@playwright/test'
import { chromiumAdvice, findChromium } from './.tasks/chromium.mjs'
import type { Options } from './test/e2e/fixtures.ts'

const executablePath = findChromium()
if (executablePath === undefined) throw new Error(chromiumAdvice)

/** A browser of its own accord calls home; the tests speak to this machine only. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

/** The browser takes the last list of features alone, so what Playwright itself switches off stands in ours too. */
const offByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
]

/**
 * With each window the browser draws two more pages for what is typed into its address bar, which has none here, and
 * keeps a process for a page to come: a third of the time that the browser takes.
 */
const offHere = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess']
const features = `--disable-features=${[...offByPlaywright, ...offHere].join()}`

export default defineConfig<Options>({
  testDir: 'test/e2e/scenarios',
  outputDir: 'artefacts/e2e',
  // Two cores, and a test waits for its networks and papers a third of its time.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // A hang must end; nothing here measures time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1366, height: 768 },
    actionTimeout: 30_000,
    // Pictures of every moment would take longer than the tests.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath,
      // Only root needs it: Chromium refuses to build its sandbox as root.
      args: [...quiet, features, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
  projects: [
    // The longest first, so that no core is idle at the end; a gallery keeps its own pictures.
    { name: 'gallery', testMatch: '*gallery.spec.ts', use: { trace: 'off' } },
    { name: 'browser', testIgnore: ['window.spec.ts', '*gallery.spec.ts'] },
    // Runs where Electron's program is; elsewhere it says why not, and is counted as skipped.
    { name: 'electron', testMatch: 'window.spec.ts' },
  ],
})
