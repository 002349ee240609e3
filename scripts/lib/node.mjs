import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './log.mjs';
import { output } from './processes.mjs';
import { installTool, toolFile } from './tools.mjs';

/** Majors that this version of Backstage supports; the first is installed. */
const SUPPORTED_MAJORS = [22, 24];
const SUPPORTED = SUPPORTED_MAJORS.join(' or ');

const isSupported = version =>
  SUPPORTED_MAJORS.includes(Number(version.replace(/^v/, '').split('.')[0]));

function describe(executable, version) {
  const bin = path.dirname(executable);
  return {
    executable,
    version,
    bin,
    /** Where native modules find this Node's headers, if it brought them. */
    nodedir: [path.dirname(bin), bin].find(root =>
      existsSync(path.join(root, 'include', 'node', 'node.h')),
    ),
  };
}

function distribution() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return { name, executable: toolFile(name, 'bin', file) };
}

/** The Node to work with: the running one if supported, else our own. */
export async function ensureNode() {
  if (isSupported(process.version)) {
    return describe(process.execPath, process.version);
  }
  const { name, executable } = distribution();
  if (!existsSync(executable)) {
    await installTool(
      `${name}@${SUPPORTED_MAJORS[0]}`,
      `Node ${process.version} is none that Backstage supports (${SUPPORTED})`,
    );
  }
  const version = output(executable, ['--version']);
  if (!version || !isSupported(version)) {
    throw new SetupError(
      `${executable} does not run here. Install Node ${SUPPORTED} yourself, or remove .tools and try again.`,
    );
  }
  return describe(executable, version);
}
