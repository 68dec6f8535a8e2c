/** Whether this machine shows windows: then tests have a downloaded desktop VS Code, else the headless host. Knows nothing of either. */
export const withDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
