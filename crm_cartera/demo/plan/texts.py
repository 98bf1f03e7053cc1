"""What people are called and what they say."""

FIRST_NAMES = [
    "Amparo", "Vicente", "Pilar", "Salvador", "Rosa", "Jordi", "Inmaculada", "Paco", "Carmen",
    "Ximo", "Dolores", "Rafael", "Teresa", "Enric", "Lorena", "Andrés", "Silvia", "Joaquín",
    "Beatriz", "Toni", "Raquel", "Miguel Ángel", "Laura", "Ignacio", "Consuelo", "Álvaro",
]  # fmt: skip
SURNAMES = [
    "Soler", "Ferrer", "Martínez", "Ibáñez", "Llopis", "García", "Climent", "Navarro", "Roig",
    "Hernández", "Peiró", "Molina", "Sanchis", "López", "Esteve", "Blasco", "Pérez", "Benavent",
    "Ortega", "Cervera", "Romero", "Vidal", "Sempere", "Jiménez", "Bosch", "Alarcón",
]  # fmt: skip
FUNCTIONS = ["Compras", "Gerencia", "Administración", "Jefe de taller", "Encargada de almacén"]
#: {function: code of the role that it has when the account decides to buy}
ROLES = {
    "Compras": "influencer",
    "Gerencia": "decision_maker",
    "Administración": "payer",
    "Jefe de taller": "user",
    "Encargada de almacén": "user",
}
STREETS = [
    "Calle Mayor", "Avenida del Puerto", "Calle San Vicente", "Polígono Industrial Norte, calle B",
    "Avenida de la Constitución", "Calle Colón", "Camino Viejo", "Ronda Norte", "Calle del Mar",
    "Polígono El Pla, parcela", "Carretera Nacional 340, km", "Plaza de la Iglesia",
]  # fmt: skip

SOURCES = {
    "Feria de la Construcción": "Feria Levante Construye",
    "Recomendación de un cliente": "",
    "Visita en frío": "",
    "Buscador": "Iluminación LED de otoño",
    "Boletín de ofertas": "Campaña EPI de primavera",
    "Página web": "",
}
MEDIA = {
    "Feria de la Construcción": "Presencial",
    "Recomendación de un cliente": "Teléfono",
    "Visita en frío": "Presencial",
    "Buscador": "Web",
    "Boletín de ofertas": "Correo electrónico",
    "Página web": "Web",
}
#: What a deal in a category of products is called.
DEALS = {
    "Tornillería y fijación": "Contrato anual de tornillería",
    "Herramienta eléctrica": "Renovación de herramienta eléctrica",
    "Protección laboral (EPI)": "Equipos de protección para la plantilla",
    "Adhesivos y químicos": "Suministro de selladores y adhesivos",
    "Maquinaria": "Maquinaria para la nueva nave",
    "Iluminación": "Cambio a iluminación LED",
    "Menaje y mesa": "Menaje para la temporada",
    "Mobiliario de hostelería": "Mobiliario de terraza",
    "Limpieza e higiene": "Suministro mensual de limpieza",
}
STRANGERS = [
    ("Óscar Talens", "Pide tarifa de EPI para 40 trabajadores"),
    ("Marina Giner", "Quiere ser distribuidora en Requena"),
    ("Fernando Abad", "Consulta por alquiler de grupo electrógeno"),
    ("Noelia Catalá", "Presupuesto de iluminación de un almacén"),
]

#: {kind of activity: [what is to be done]}
TODO = {
    "call": [
        "Llamar para confirmar el pedido",
        "Preguntar por el stock de tornillería",
        "Reclamar respuesta a la oferta",
        "Llamar: hace semanas que no compra",
        "Confirmar los datos de facturación",
    ],
    "email": [
        "Enviar tarifa actualizada",
        "Mandar ficha técnica de los EPI",
        "Enviar oferta de campaña",
        "Mandar copia de las facturas vencidas",
    ],
    "meeting": ["Visita con muestras", "Demostración de maquinaria en obra", "Revisión anual"],
    "todo": [
        "Preparar propuesta anual",
        "Revisar el límite de crédito",
        "Actualizar los contactos",
    ],
}
FEEDBACK = [
    "Pasan el pedido la semana que viene.",
    "Piden un 5 % más de descuento por volumen.",
    "Interesados en la campaña de iluminación.",
    "No estaba; dejado recado.",
    "Contentos con el plazo de entrega.",
    "Comparan precios con otro proveedor.",
    "Quieren probar la herramienta a batería.",
]
MEETINGS = [
    "Visita comercial",
    "Presentación del catálogo",
    "Revisión de condiciones",
    "Demostración en sus instalaciones",
    "Negociación del acuerdo anual",
]
INCOMING = [
    ("Pedido urgente", "Buenos días: ¿podéis servirnos esta semana lo de siempre? Gracias."),
    ("Consulta de precio", "Hola, necesitamos precio para unas 30 unidades con portes incluidos."),
    ("Albarán incompleto", "En la última entrega faltaban dos cajas. ¿Nos las enviáis?"),
    ("Duda sobre la factura", "¿Nos podéis reenviar la última factura con el número de pedido?"),
    ("Plazo de entrega", "¿Para cuándo tendríais disponible la maquinaria que vimos?"),
]
OUTGOING = [
    ("Oferta solicitada", "Le adjuntamos la oferta que nos pidió. Válida durante treinta días."),
    ("Nueva tarifa", "Ya está disponible la tarifa nueva; mantenemos su descuento habitual."),
    ("Su pedido está en camino", "Su pedido sale hoy del almacén y llega mañana por la mañana."),
    ("Seguimiento", "¿Ha podido revisar nuestra propuesta? Quedo a su disposición."),
]
NOTES = [
    "Decide la gerencia; compras solo compara precios.",
    "Compra a la competencia, descontento con los plazos.",
    "Quiere entregas en obra antes de las ocho.",
    "Exige confirmación de stock por escrito.",
    "Amplía instalaciones este año.",
    "Paga siempre por transferencia; pide albarán valorado.",
]
