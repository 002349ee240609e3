import type { views as english } from '../en/views';
import type { Translated } from '../Translated';

/** Views that people save. */
export const views: Translated<typeof english> = {
  'view.menu': 'Ansichten',
  'view.current': 'Ansicht: {{name}}',
  'view.modified': 'geändert',
  'view.currentModified': 'Ansicht: {{name}} (geändert)',
  'view.loading': 'Lädt Ansichten',
  'view.loadFailed': 'Die Ansichten konnten nicht geladen werden',
  'view.own': 'Ihre Ansichten',
  'view.shared': 'Gemeinsame Ansichten',
  'view.sharedBy': 'Gemeinsam; zuletzt geändert von {{user}}',
  'view.noneTitle': 'Noch keine Ansichten',
  'view.none':
    'Eine Ansicht bewahrt Filter, Zeitraum und Reihenfolge unter einem Namen. Filtern Sie, was Sie oft ansehen, und speichern Sie es hier.',
  'view.noneShared':
    'Owner können ihre mit allen teilen, die diese Seite haben.',
  'view.shown': 'angezeigt',
  'view.apply': '{{name}} anzeigen',
  'view.more': 'Mehr zu {{name}}',
  'view.save': 'Speichern, was angezeigt wird …',
  'view.update': '„{{name}}“ anpassen',
  'view.reset': 'Zurück zu „{{name}}“',
  'view.tooLong':
    'Was angezeigt wird, kann nicht gespeichert werden: {{reason}}',
  'view.copyLink': 'Link kopieren',
  'view.linkCopied': 'Der Link zu „{{name}}“ ist kopiert',
  'view.linkTitle': 'Link zu {{name}}',
  'view.link': 'Bitte selbst kopieren',
  'view.rename': 'Umbenennen …',
  'view.updateTo': 'An das Angezeigte anpassen',
  'view.share': 'Mit allen teilen, die diese Seite haben',
  'view.unshare': 'Zu den eigenen Ansichten zurücknehmen',
  'view.delete': 'Löschen …',
  'view.send': 'An ein Ziel senden …',
  'view.sendTitle': '{{name}} an ein Ziel senden',
  'view.sendText':
    'Ihr Filter tritt an die Stelle dessen, was das Ziel jetzt bekommt. Wie viel das ist, sehen Sie vor dem Speichern.',
  'view.sendNext': 'Weiter',
  'view.sendNowhere': 'Es gibt noch keine Ziele; sie stehen in der app-config.',
  'view.sent': '{{title}} bekommt von nun an, was „{{name}}“ auswählt',
  'view.saveTitle': 'Diese Ansicht speichern',
  'view.renameTitle': '{{name}} umbenennen',
  'view.name': 'Name',
  'view.nameHint': 'Höchstens {{most}} Zeichen',
  'view.saveText':
    'Bewahrt Filter, Zeitraum und Reihenfolge. Sie ist eine Frage, nicht deren Antwort: Sie zeigt jedes Mal, was es dann gibt.',
  'view.saveShared':
    'Mit allen teilen, die diese Seite haben. Niemand sieht durch sie mehr Ereignisse, als er sehen darf.',
  'view.saveFailed': 'Die Ansicht konnte nicht gespeichert werden: {{reason}}',
  'view.changeFailed': '„{{name}}“ konnte nicht geändert werden: {{reason}}',
  'view.deleteTitle': '{{name}} löschen?',
  'view.deleteOwn': 'Dabei geht kein Ereignis verloren.',
  'view.deleteShared':
    'Alle, die diese Seite haben, verlieren sie. Dabei geht kein Ereignis verloren.',
  'view.deleteButton': 'Löschen',
  'view.deleteFailed': '„{{name}}“ konnte nicht gelöscht werden: {{reason}}',
  'view.saved': '„{{name}}“ ist gespeichert',
  'view.updated': '„{{name}}“ ist angepasst',
  'view.deleted': '„{{name}}“ ist gelöscht',
  'view.nowShared': '„{{name}}“ ist geteilt',
  'view.nowOwn': '„{{name}}“ gehört jetzt nur noch Ihnen',
  'view.use': 'Gespeicherte Ansicht verwenden',
  'view.noneToUse': 'Es gibt noch keine gespeicherten Ansichten',
  'view.used':
    'Der Filter von „{{name}}“ ohne seinen Zeitraum: Ein Ziel bekommt, was von jetzt an geschieht.',
};
