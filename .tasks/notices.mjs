import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tools.mjs'

/**
 * Makes the list of other people's work that Kaunta is made of, for *Settings, About*: what the three bundles hold, as
 * the bundler found it, and the packages that stand beside them unbundled.
 */
export function writeNotices() {
  const found = new Map()
  const add = ({ name, version, identifier, text }) =>
    found.set(`${name}@${version}`, { name, version, licence: identifier ?? '', text: (text ?? '').trim() })
  for (const bundle of ['main', 'preload', 'renderer']) {
    const file = join(root, 'out', bundle, 'licences.json')
    for (const part of JSON.parse(readFileSync(file, 'utf8'))) add(part)
    rmSync(file)
  }
  for (const folder of unbundled()) add(describe(folder))
  const fonts = join(root, 'resources', 'fonts', 'OFL.txt')
  add({ name: 'Noto Sans', version: '2022', identifier: 'OFL-1.1', text: readFileSync(fonts, 'utf8') })
  const notices = [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  writeFileSync(join(root, 'out', 'renderer', 'notices.json'), JSON.stringify(notices))
}

/** Folders of what package.json calls dependencies, and of what those need. */
function unbundled() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const seen = new Set()
  const visit = (names, from) => {
    for (const name of names) {
      const folder = nearest(packages, name, from)
      if (folder === null || seen.has(folder)) continue
      seen.add(folder)
      const { dependencies = {}, optionalDependencies = {} } = packages[folder]
      visit(Object.keys({ ...dependencies, ...optionalDependencies }), folder)
    }
  }
  visit(Object.keys(packages[''].dependencies), '')
  return [...seen].filter((folder) => existsSync(join(root, folder)))
}

/** As Node looks for a package: beside the one that needs it, then further up. */
function nearest(packages, name, from) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const folder = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`
    if (folder in packages) return folder
    if (place === '') return null
  }
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const file = readdirSync(join(root, folder)).find((one) => /^(licen[cs]e|copying)/i.test(one))
  return {
    name,
    version,
    identifier: license,
    text: file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8'),
  }
}
