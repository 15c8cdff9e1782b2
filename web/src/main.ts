import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/print.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { loadWords, storedLang } from './app/words.svelte';

const target = document.getElementById('app');
if (target) void loadWords(storedLang()).then(() => mount(App, { target }));
