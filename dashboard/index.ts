export { registerAccountCommands } from './accounts/commands.ts';
export { firstStartLink } from './accounts/first-account.ts';
export { startDashboard } from './server.ts';
