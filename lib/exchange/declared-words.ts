import { FIELD_WORDS, LABEL_WORDS, words, type Words } from './words.ts'

/** Albanian, Latin script of Bosnian, Montenegrin and Serbian, Croatian, Cyrillic Serbian, Macedonian; several parted by a bar. */
type Row = readonly [albanian: string, latin: string, croatian: string, cyrillic: string, macedonian: string]

/**
 * What the other declarations and statements are headed with, beside the English of the table of fields. Our own translations: to be
 * confirmed by speakers before use, as all words here (docs/decisions/017).
 */
export const TRANSLATED: Readonly<Record<string, Row>> = {
  'Field': ['Fusha', 'Polje|Podatak', 'Polje|Podatak', 'Поље|Податак', 'Поле|Податок'],
  'Value': ['Vlera', 'Vrijednost|Vrednost', 'Vrijednost', 'Вредност', 'Вредност'],
  'Unit or choice': ['Njësia', 'Jedinica', 'Jedinica', 'Јединица', 'Единица'],
  'Meaning': ['Kuptimi', 'Značenje', 'Značenje', 'Значење', 'Значење'],
  'Yes': ['Po', 'Da', 'Da', 'Да', 'Да'],
  'No': ['Jo', 'Ne', 'Ne', 'Не', 'Не'],
  'Name': ['Emri', 'Naziv', 'Naziv', 'Назив', 'Назив'],

  'Land forces': ['Forcat tokësore', 'Kopnena vojska|Kopnene snage', 'Kopnena vojska', 'Копнена војска', 'Копнена војска|Копнени сили'],
  'Air force and air defence': [
    'Forcat ajrore dhe mbrojtja kundërajrore', 'Ratno vazduhoplovstvo i protivvazduhoplovna odbrana|Vazduhoplovstvo i PVO', 'Ratno zrakoplovstvo i protuzračna obrana',
    'Ратно ваздухопловство и противваздухопловна одбрана|Ваздухопловство и ПВО', 'Воздухопловство и противвоздушна одбрана',
  ],
  'Naval forces': ['Forcat detare', 'Mornarica|Pomorske snage', 'Ratna mornarica|Mornarica', 'Морнарица|Поморске снаге', 'Поморски сили'],
  'Joint and common': ['Njësitë e përbashkëta', 'Zajedničke jedinice', 'Zajedničke postrojbe', 'Заједничке јединице', 'Заеднички единици'],
  'Authorised strength': ['Forca e miratuar', 'Odobreno brojno stanje', 'Odobreno brojčano stanje', 'Одобрено бројно стање', 'Одобрена бројна состојба'],
  'Reserve': ['Rezerva', 'Rezerva|Rezervni sastav', 'Pričuva', 'Резерва|Резервни састав', 'Резерва|Резервен состав'],
  'Special forces': ['Forcat speciale', 'Specijalne snage', 'Specijalne snage', 'Специјалне снаге', 'Специјални сили'],
  'Paramilitary forces': ['Forcat paraushtarake', 'Paravojne snage', 'Paravojne snage', 'Паравојне снаге', 'Паравоени сили'],

  'Budget year': ['Viti buxhetor', 'Budžetska godina', 'Proračunska godina', 'Буџетска година', 'Буџетска година'],
  'Basis': ['Baza', 'Osnov', 'Osnova', 'Основ', 'Основа'],
  'Currency': ['Monedha|Valuta', 'Valuta', 'Valuta', 'Валута', 'Валута'],
  'Adopted on': ['Miratuar më', 'Usvojen dana', 'Donesen dana', 'Усвојен дана', 'Усвоен на'],
  'Total': ['Gjithsej|Totali', 'Ukupno', 'Ukupno', 'Укупно', 'Вкупно'],
  'Personnel': ['Personeli', 'Osoblje|Personal', 'Osoblje', 'Особље|Персонал', 'Персонал'],
  'Operations and maintenance': ['Operacionet dhe mirëmbajtja', 'Operacije i održavanje', 'Operacije i održavanje', 'Операције и одржавање', 'Операции и одржување'],
  'Procurement': ['Prokurimi', 'Nabavka|Nabavke', 'Nabava', 'Набавка|Набавке', 'Набавки'],
  'Research and development': ['Kërkimi dhe zhvillimi', 'Istraživanje i razvoj', 'Istraživanje i razvoj', 'Истраживање и развој', 'Истражување и развој'],
  'Gross domestic product': ['Prodhimi i brendshëm bruto|PBB', 'Bruto domaći proizvod|BDP', 'Bruto domaći proizvod|BDP', 'Бруто домаћи производ|БДП', 'Бруто домашен производ|БДП'],
  'Adopted': ['Miratuar', 'Usvojen', 'Donesen', 'Усвојен', 'Усвоен'],
  'Executed': ['Realizuar', 'Izvršen', 'Izvršen', 'Извршен', 'Извршен'],
  'Planned': ['Planifikuar', 'Planiran', 'Planiran', 'Планиран', 'Планиран'],

  'Level': ['Niveli', 'Nivo', 'Razina', 'Ниво', 'Ниво'],
  'Subordinate to': ['Në varësi të', 'Potčinjena|Podređena', 'Podređena', 'Потчињена|Подређена', 'Подредена на'],
  'Peacetime location': ['Vendndodhja në kohë paqeje', 'Mirnodopska lokacija', 'Mirnodopska lokacija', 'Мирнодопска локација', 'Мирновременска локација'],
  'Command': ['Komanda', 'Komanda', 'Zapovjedništvo', 'Команда', 'Команда'],
  'Corps': ['Korpusi', 'Korpus', 'Korpus', 'Корпус', 'Корпус'],
  'Division': ['Divizioni', 'Divizija', 'Divizija', 'Дивизија', 'Дивизија'],
  'Brigade': ['Brigada', 'Brigada', 'Brigada', 'Бригада', 'Бригада'],
  'Regiment': ['Regjimenti', 'Puk', 'Pukovnija', 'Пук', 'Полк'],
  'Battalion': ['Batalioni', 'Bataljon', 'Bojna|Bataljun', 'Батаљон', 'Баталјон'],
  'Squadron': ['Skuadrilja', 'Eskadrila', 'Eskadrila', 'Ескадрила', 'Ескадрила'],
  'Base or depot': ['Baza ose depo', 'Baza ili skladište', 'Baza ili skladište', 'База или складиште', 'База или складиште'],

  'Military cyber capability': ['Aftësia kibernetike ushtarake', 'Vojna sajber sposobnost', 'Vojna kibernetička sposobnost', 'Војна сајбер способност', 'Воена сајбер способност'],
  'Command that is responsible': ['Komanda përgjegjëse', 'Nadležna komanda', 'Nadležno zapovjedništvo', 'Надлежна команда', 'Надлежна команда'],
  'A doctrine is public': ['Doktrina është publike', 'Doktrina je javna', 'Doktrina je javna', 'Доктрина је јавна', 'Доктрината е јавна'],
  'Legal basis': ['Baza ligjore', 'Pravni osnov', 'Pravna osnova', 'Правни основ', 'Правна основа'],
  'Parliament oversees it': ['Nën mbikëqyrjen e parlamentit', 'Pod nadzorom parlamenta|Pod nadzorom skupštine', 'Pod nadzorom parlamenta|Pod nadzorom sabora', 'Под надзором скупштине', 'Под надзор на собранието'],
  'Contact, day and night': ['Kontakti, ditë e natë', 'Kontakt, danju i noću', 'Kontakt, danju i noću', 'Контакт, дању и ноћу', 'Контакт, дење и ноќе'],
  'Pledge': ['Zotimi', 'Obaveza', 'Obveza', 'Обавеза', 'Обврска'],
  'How the agreed norms were kept in the year': [
    'Si u respektuan normat gjatë vitit', 'Kako su norme poštovane u godini', 'Kako su norme poštovane u godini', 'Како су норме поштоване у години', 'Како се почитуваа нормите во годината',
  ],
  'Last neutral review': ['Rishikimi i fundit neutral', 'Posljednji neutralni pregled|Poslednji neutralni pregled', 'Posljednji neutralni pregled', 'Последњи неутрални преглед', 'Последен неутрален преглед'],
  'Not disclosed': ['Nuk bëhet e ditur', 'Ne saopštava se', 'Ne otkriva se', 'Не саопштава се', 'Не се открива'],

  'System': ['Sistemi', 'Sistem', 'Sustav', 'Систем', 'Систем'],
  'Level of autonomy': ['Niveli i autonomisë', 'Nivo autonomije', 'Razina autonomije', 'Ниво аутономије', 'Ниво на автономија'],
  'Legal review done': ['Shqyrtimi ligjor i kryer', 'Pravna provjera izvršena|Pravna provera izvršena', 'Pravna provjera obavljena', 'Правна провера извршена', 'Правната проверка е извршена'],
  'There is no such system': ['Nuk ka sistem të tillë', 'Nema takvog sistema', 'Nema takvog sustava', 'Нема таквог система', 'Нема таков систем'],
  'Mode': ['Mënyra', 'Način', 'Način', 'Начин', 'Начин'],
  'Recognises faces': ['Njeh fytyrat', 'Prepoznaje lica', 'Prepoznaje lica', 'Препознаје лица', 'Препознава лица'],
  'Parliament was told on': ['Parlamenti u njoftua më', 'Parlament obaviješten dana|Skupština obaveštena dana', 'Sabor obaviješten dana|Parlament obaviješten dana', 'Скупштина обавештена дана', 'Собранието е известено на'],
  'There is no such use': ['Nuk ka përdorim të tillë', 'Nema takve upotrebe', 'Nema takve uporabe', 'Нема такве употребе', 'Нема таква употреба'],
  'In real time': ['Në kohë reale', 'U realnom vremenu', 'U stvarnom vremenu', 'У реалном времену', 'Во реално време'],
  'After the fact': ['Pas ngjarjes', 'Naknadno', 'Naknadno', 'Накнадно', 'Дополнително'],
}

const KNOWN: Readonly<Record<string, Words>> = { 'As of': LABEL_WORDS.asOf, 'Remark': FIELD_WORDS.remark, 'Category': FIELD_WORDS.category, 'Site': FIELD_WORDS.site }
const parted = (text: string): string[] => text.split('|')

/** A label of the table of fields in every language for which there is a word. */
export const wordsFor = (label: string): Words => {
  const row = TRANSLATED[label]
  const [albanian = [], latin = [], croatian = [], cyrillic = [], macedonian = []] = row?.map(parted) ?? []
  return KNOWN[label] ?? words([label], albanian, latin, croatian, cyrillic, macedonian)
}
