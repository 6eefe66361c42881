// How a changeset becomes a line of a CHANGELOG.md. The packages are released together, so a package that has nothing new
// of its own says just that, and not which of the others it depends on. CommonJS, since changesets requires it.

/** The summary as a list item, its further lines indented below. */
async function getReleaseLine({ summary }) {
  const [first, ...rest] = summary.trim().split('\n')
  return [`- ${first}`, ...rest.map((line) => (line ? `  ${line}` : ''))].join('\n')
}

async function getDependencyReleaseLine(_changesets, dependencies) {
  const [{ newVersion } = {}] = dependencies
  return newVersion === undefined ? '' : `- Goes with the other packages of ${newVersion}.`
}

module.exports = { getReleaseLine, getDependencyReleaseLine }
