// `startDashboard` is imported from './server.ts': commands need not load a web server.
export { registerAccountCommands } from './accounts/commands.ts';
export { firstStartLink } from './accounts/first-account.ts';
export { registerReadKeyCommands } from './accounts/read-key-commands.ts';
