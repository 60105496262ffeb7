// Classic Outlook's engine for events: the add-in's one script, and no document.

const script = new URL(self.location.href).searchParams.get('script');
importScripts('/office.js');
importScripts(script);
self.postMessage({ office: 'loaded' });
