// Light, dark or of high contrast, for this page and, as the Office theme, for the add-in.

import { knobs } from './knobs.js';

const THEMES = {
  light: ['#ffffff', '#242424', '#f5f5f5', '#242424'],
  dark: ['#292929', '#ffffff', '#1f1f1f', '#ffffff'],
  contrast: ['#000000', '#ffffff', '#000000', '#ffffff'],
};
const system = matchMedia('(prefers-color-scheme: dark)');

export const look = {
  name: () => knobs.theme || (system.matches ? 'dark' : 'light'),
  apply: () => {
    document.documentElement.dataset.theme = look.name();
  },
  officeTheme: () => {
    const [bodyBackgroundColor, bodyForegroundColor, controlBackgroundColor, controlForegroundColor] = THEMES[look.name()];
    return {
      bodyBackgroundColor, bodyForegroundColor, controlBackgroundColor, controlForegroundColor,
      isDarkTheme: look.name() !== 'light',
    };
  },
};
system.addEventListener('change', look.apply);
