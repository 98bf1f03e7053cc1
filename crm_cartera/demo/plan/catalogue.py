"""What the demo companies sell, to whom and where."""

#: {category: [(product, price, cost)]}; those of the second company come last.
CATALOGUE = {
    "Tornillería y fijación": [
        ("Tornillo autotaladrante 4,2x16 (caja 1000)", 18.90, 10.40),
        ("Taco nailon 8 mm (caja 500)", 14.50, 7.10),
        ("Anclaje mecánico M10x90 (caja 50)", 32.80, 19.20),
        ("Varilla roscada M12 zincada 1 m", 2.35, 1.20),
        ("Tuerca M8 DIN 934 inoxidable (caja 200)", 21.60, 12.90),
        ("Remache de aluminio 4x12 (caja 500)", 13.75, 6.80),
    ],
    "Herramienta eléctrica": [
        ("Taladro percutor 850 W", 94.00, 63.50),
        ("Amoladora angular 125 mm 1100 W", 79.90, 52.00),
        ("Martillo perforador SDS Plus 3 kg", 189.00, 131.00),
        ("Atornillador a batería 18 V (2 baterías)", 149.00, 101.50),
        ("Sierra de calar 700 W", 88.50, 60.20),
        ("Disco de diamante 230 mm", 24.90, 11.30),
    ],
    "Protección laboral (EPI)": [
        ("Guante de nitrilo (paquete 12 pares)", 16.80, 8.70),
        ("Casco de obra con rueda", 9.95, 4.60),
        ("Bota de seguridad S3", 46.50, 28.40),
        ("Arnés anticaídas de dos puntos", 58.00, 33.00),
        ("Chaleco reflectante clase 2", 4.20, 1.75),
        ("Gafa panorámica antivaho", 7.90, 3.60),
    ],
    "Adhesivos y químicos": [
        ("Silicona neutra transparente 300 ml (caja 12)", 41.00, 22.50),
        ("Espuma de poliuretano 750 ml (caja 12)", 62.40, 35.80),
        ("Taco químico vinilester 410 ml", 15.20, 7.90),
        ("Adhesivo de montaje 310 ml (caja 12)", 49.90, 27.60),
        ("Disolvente universal 25 l", 54.00, 33.20),
    ],
    "Maquinaria": [
        ("Grupo electrógeno 5,5 kVA", 689.00, 518.00),
        ("Compresor 100 l 3 CV", 429.00, 312.00),
        ("Hidrolimpiadora profesional 170 bar", 545.00, 398.00),
        ("Vibrador de hormigón", 312.00, 221.00),
        ("Transpaleta manual 2500 kg", 349.00, 246.00),
    ],
    "Iluminación": [
        ("Proyector LED 50 W exterior", 29.90, 15.40),
        ("Pantalla estanca LED 48 W", 26.50, 13.80),
        ("Campana LED industrial 150 W", 118.00, 69.00),
        ("Luminaria de emergencia 200 lm", 19.80, 9.90),
        ("Tira LED 24 V (rollo 10 m)", 38.00, 18.30),
    ],
    "Menaje y mesa": [
        ("Plato llano porcelana 27 cm (caja 12)", 39.60, 21.00),
        ("Copa de vino 45 cl (caja 24)", 52.80, 29.50),
        ("Cubertería inoxidable 18/10 (24 piezas)", 34.50, 18.90),
        ("Cazuela de barro 20 cm (caja 24)", 43.20, 23.80),
    ],
    "Mobiliario de hostelería": [
        ("Silla de terraza apilable", 38.90, 23.40),
        ("Mesa de terraza 70x70", 72.00, 46.50),
        ("Parasol 3x3 m con base", 214.00, 148.00),
    ],
    "Limpieza e higiene": [
        ("Detergente lavavajillas industrial 12 kg", 27.40, 14.60),
        ("Papel secamanos (pack 6 rollos)", 18.30, 10.90),
        ("Desengrasante de planchas 5 l", 12.60, 6.20),
    ],
}
SECOND_CATEGORIES = ("Menaje y mesa", "Mobiliario de hostelería", "Limpieza e higiene")
FIXINGS, TOOLS, SAFETY, GLUES, MACHINES, LIGHTS = list(CATALOGUE)[:6]
TABLE, FURNITURE, CLEANING = SECOND_CATEGORIES

#: {sector: (industry, usual order in EUR, tag, categories it buys)}
SECTORS = {
    "obra": ("F", 820, "Construcción", (FIXINGS, TOOLS, SAFETY, MACHINES)),
    "ferreteria": ("G", 640, "Reventa", (FIXINGS, GLUES, TOOLS, LIGHTS)),
    "industria": ("C", 720, "Industria", (SAFETY, GLUES, FIXINGS, MACHINES)),
    "ceramica": ("C", 1650, "Industria", (SAFETY, MACHINES, LIGHTS)),
    "naval": ("C", 980, "Industria", (GLUES, FIXINGS, SAFETY)),
    "metal": ("C", 560, "Industria", (TOOLS, SAFETY, FIXINGS)),
    "madera": ("C", 390, "Reformas", (GLUES, FIXINGS, TOOLS)),
    "electricidad": ("F", 470, "Instaladores", (LIGHTS, FIXINGS, TOOLS)),
    "fontaneria": ("F", 310, "Instaladores", (GLUES, FIXINGS, TOOLS)),
    "clima": ("F", 450, "Instaladores", (FIXINGS, LIGHTS, MACHINES)),
    "pintura": ("F", 280, "Reformas", (GLUES, SAFETY)),
    "agricola": ("A", 430, "Agrario", (MACHINES, SAFETY, FIXINGS)),
    "transporte": ("H", 340, "Industria", (SAFETY, MACHINES, LIGHTS)),
    "ayuntamiento": ("O", 690, "Administración", (LIGHTS, SAFETY, MACHINES)),
    "colegio": ("P", 380, "Administración", (LIGHTS, GLUES)),
    "residencia": ("Q", 560, "Hostelería", (LIGHTS, CLEANING, TABLE)),
    "hotel": ("I", 940, "Hostelería", (LIGHTS, TABLE, FURNITURE, CLEANING)),
    "camping": ("I", 620, "Hostelería", (LIGHTS, FURNITURE, CLEANING)),
    "restaurante": ("I", 340, "Hostelería", (TABLE, FURNITURE, CLEANING)),
    "catering": ("I", 480, "Hostelería", (TABLE, CLEANING)),
    "bar": ("I", 210, "Hostelería", (TABLE, FURNITURE, CLEANING)),
}

#: {town: (province, postcode, telephone prefix)}
TOWNS = {
    "València": ("V", "46006", "963"),
    "Torrent": ("V", "46900", "961"),
    "Paterna": ("V", "46988", "961"),
    "Sagunt": ("V", "46520", "962"),
    "Gandia": ("V", "46702", "962"),
    "Alzira": ("V", "46600", "962"),
    "Xàtiva": ("V", "46800", "962"),
    "Ontinyent": ("V", "46870", "962"),
    "Sueca": ("V", "46410", "961"),
    "Llíria": ("V", "46160", "962"),
    "Alicante": ("A", "03008", "965"),
    "Elche": ("A", "03203", "966"),
    "Alcoy": ("A", "03803", "965"),
    "Benidorm": ("A", "03503", "965"),
    "Dénia": ("A", "03700", "966"),
    "Elda": ("A", "03600", "965"),
    "Orihuela": ("A", "03300", "966"),
    "Villena": ("A", "03400", "965"),
    "Castelló de la Plana": ("CS", "12006", "964"),
    "Vila-real": ("CS", "12540", "964"),
    "Onda": ("CS", "12200", "964"),
    "Vinaròs": ("CS", "12500", "964"),
    "Benicàssim": ("CS", "12560", "964"),
    "L'Alcora": ("CS", "12110", "964"),
    "Murcia": ("MU", "30009", "968"),
    "Cartagena": ("MU", "30203", "968"),
    "Lorca": ("MU", "30800", "968"),
    "Albacete": ("AB", "02006", "967"),
    "Almansa": ("AB", "02640", "967"),
    "Cuenca": ("CU", "16003", "969"),
    "Teruel": ("TE", "44002", "978"),
    "Tarragona": ("T", "43006", "977"),
    "Reus": ("T", "43204", "977"),
    "Zaragoza": ("Z", "50014", "976"),
}
#: The salesperson of each province; Marta looks after the second company's south.
TERRITORIES = {
    "lucia": ("V",),
    "carlos": ("A", "MU", "AB", "CU"),
    "nuria": ("CS", "T", "TE", "Z"),
}
